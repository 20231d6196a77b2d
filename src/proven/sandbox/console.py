"""Run the commands of a console block in a shell, as a reader would type them."""

import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

from proven.harness.commands import commands
from proven.harness.output import OUTPUT_LIMIT, OutputLimit

HOME = "~"
"""What the output has in place of the directory that the block is run in, which is another each time."""

Command = tuple[int, str]
"""The last line of a command, counted from 1, and what the shell is given."""

Part = tuple[str, int]
"""What a command printed, and its status."""

programs: list[str] = []
"""Folders of further programs: the build's own tools, where the block runs in another Python."""


def environment(home: str) -> dict[str, str]:
    """The variables that a command sees: this Python and the programs beside it come first.

    Then the one that its environment was made from, for uv makes environments from no other.
    """
    places = [os.path.dirname(sys.executable), *programs, os.path.join(sys.base_prefix, "bin")]
    path = os.pathsep.join([*places, os.environ.get("PATH", os.defpath)])
    temporary = os.path.join(home, "tmp")
    os.makedirs(temporary, exist_ok=True)
    return {**os.environ, "HOME": home, "TMPDIR": temporary, "PATH": path, "PYTHONUNBUFFERED": "1"}


def lay_out(sources: list[dict[str, Any]], home: str) -> str:
    """Write those sources that are files into a project folder; its path."""
    project = os.path.join(home, "project")
    os.makedirs(project)
    for source in sources:
        if source.get("file"):
            place = os.path.join(project, *source["file"].split("/"))
            os.makedirs(os.path.dirname(place), exist_ok=True)
            with open(place, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(source["source"])
    return project


def run(
    sources: list[dict[str, Any]],
    emit: Callable[[str, str], object],
    tell: Callable[[dict[str, Any]], object] | None = None,
) -> dict[str, Any]:
    """Run the commands of the last source, after those of the consoles before it.

    Args:
        sources: Files, consoles that this one continues from, and the console.
        emit: Called with "stdout" and what the consoles' commands printed on either stream.
        tell: Called with the report on each console but the last that is `told`.

    Returns:
        As `execute.run()` does. A "print" is what one command printed; the error
        is the status of the first command that failed, at which the block ends.

    Raises:
        OutputLimit: The commands printed too much.
        ValueError: The shell has ended before the last console that is told.
    """
    home = os.path.realpath(os.getcwd())
    consoles = [source for source in sources if source["language"] == "console"]
    told = [source for source in consoles if source.get("told")] or consoles[-1:]
    earlier = [text for source in consoles[: -len(told)] for _, text in commands(source["source"])]
    typed = [commands(source["source"]) for source in told]
    *others, last = zip(typed, _session(earlier, typed, lay_out(sources, home), home), strict=True)
    for session, parts in others:
        if len(parts) < len(session) and not (parts and parts[-1][1]):
            raise ValueError("a command has ended the shell")
        outcome = _outcome(session, parts, emit)
        if tell:
            tell(outcome)
    return _outcome(*last, emit)


def _outcome(session: list[Command], parts: list[Part], emit: Callable[[str, str], object]) -> dict[str, Any]:
    """What the commands of a console did."""
    error, prints = None, []
    for (line, _), (text, status) in zip(session, parts, strict=False):
        emit("stdout", text)
        prints.append({"line": line, "indent": 0, "text": text})
        if status or len(prints) == len(parts) < len(session):
            error = {"type": "ExitStatus", "message": str(status), "line": line, "traceback": ""}
    return {"error": error, "prints": prints}


def _session(earlier: list[str], typed: list[list[Command]], project: str, home: str) -> list[list[Part]]:
    """For each console, what its commands did, up to the one that failed, if one did.

    Raises:
        OutputLimit: They printed too much.
    """
    shell = shutil.which("sh", path=os.environ.get("PATH", os.defpath)) or "sh"
    mark = secrets.token_hex(16)
    process = subprocess.Popen(
        [shell, "-c", _script(earlier, typed, mark)],
        cwd=project,
        env=environment(home),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout
    content, end = b"", f"\x1e{mark} end".encode()
    while piece := os.read(process.stdout.fileno(), 65536):
        content += piece
        if end in content[-len(piece) - len(end) :]:
            break  # what a command has left in the background may hold the pipe open
        if len(content) > OUTPUT_LIMIT:
            process.kill()
            raise OutputLimit
    by_console: list[list[Part]] = [[] for _ in typed]
    text = _shown(content.decode("utf-8", errors="replace"), home)
    for number, part in _parts(text, mark, len(typed) - 1, process.wait):
        by_console[number].append(part)
    return by_console


def _script(earlier: list[str], typed: list[list[Command]], mark: str) -> str:
    """One shell runs it all, so that `cd` and variables last; each status follows what was printed.

    A console ends with the first command that fails, and the last one ends the shell; what follows it in
    others is run as what is earlier is.
    """
    lines = [_silently(text) for text in earlier]
    for number, session in enumerate(typed):
        lines.append("__failed=0")
        after = "exit $__status" if number == len(typed) - 1 else "__failed=1"
        for _, text in session:
            told = f"__status=$?; printf '\\036%s %d %d\\n' {mark} {number} $__status"
            heard = f"eval {shlex.quote(text)} </dev/null\n{told}; [ $__status = 0 ] || {after}"
            lines.append(f"if [ $__failed = 0 ]; then\n{heard}\nelse\n{_silently(text)}\nfi")
    return "\n".join([*lines, f"printf '\\036%s end' {mark}"])


def _silently(command: str) -> str:
    return f"eval {shlex.quote(command)} </dev/null >/dev/null 2>&1"


def _parts(text: str, mark: str, last: int, wait: Callable[[], int]) -> Iterator[tuple[int, Part]]:
    *marked, left = re.split(rf"\x1e{mark} (end|\d+ \d+\n)", text)
    for printed, told in zip(marked[::2], marked[1::2], strict=True):
        if told == "end":
            return
        number, status = map(int, told.split())
        yield number, (printed, status)
        if status and number == last:
            return
    yield last, (left, wait())  # a command has ended the shell itself


def _shown(text: str, home: str) -> str:
    """Output as a terminal would show it, from a home that has the same name every time."""
    lines = text.replace("\r\n", "\n").replace(home, HOME).split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines)
