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


def run(sources: list[dict[str, Any]], emit: Callable[[str, str], object]) -> dict[str, Any]:
    """Run the commands of the last source, after those of the consoles before it.

    Args:
        sources: Files, consoles that this one continues from, and the console.
        emit: Called with "stdout" and what the console's commands printed on either stream.

    Returns:
        As `execute.run()` does. A "print" is what one command printed; the error
        is the status of the first command that failed, at which the block ends.

    Raises:
        OutputLimit: The commands printed too much.
    """
    home = os.path.realpath(os.getcwd())
    consoles = [source["source"] for source in sources if source["language"] == "console"]
    earlier = [text for code in consoles[:-1] for _, text in commands(code)]
    typed = commands(consoles[-1])
    parts = _session(earlier, [text for _, text in typed], lay_out(sources, home), home)
    error, prints = None, []
    for (line, _), (text, status) in zip(typed, parts, strict=False):
        emit("stdout", text)
        prints.append({"line": line, "indent": 0, "text": text})
        if status or len(prints) == len(parts) < len(typed):
            error = {"type": "ExitStatus", "message": str(status), "line": line, "traceback": ""}
    return {"error": error, "prints": prints}


def _session(earlier: list[str], typed: list[str], project: str, home: str) -> list[tuple[str, int]]:
    """What each command printed, and its status; the last one is that which failed, if one did.

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
    text = _shown(content.decode("utf-8", errors="replace"), home)
    return list(_parts(text, mark, process.wait))


def _script(earlier: list[str], typed: list[str], mark: str) -> str:
    """One shell runs it all, so that `cd` and variables last; each status follows what was printed."""
    lines = [f"eval {shlex.quote(text)} </dev/null >/dev/null 2>&1" for text in earlier]
    for text in typed:
        status = f"__status=$?; printf '\\036%s %d\\n' {mark} $__status; [ $__status = 0 ] || exit $__status"
        lines += [f"eval {shlex.quote(text)} </dev/null", status]
    return "\n".join([*lines, f"printf '\\036%s end' {mark}"])


def _parts(text: str, mark: str, wait: Callable[[], int]) -> Iterator[tuple[str, int]]:
    *marked, left = re.split(rf"\x1e{mark} (end|\d+\n)", text)
    for printed, status in zip(marked[::2], marked[1::2], strict=True):
        if status == "end":
            return
        yield printed, int(status)
        if int(status):
            return
    yield left, wait()  # the command has ended the shell itself


def _shown(text: str, home: str) -> str:
    """Output as a terminal would show it, from a home that has the same name every time."""
    lines = text.replace("\r\n", "\n").replace(home, HOME).split("\n")
    return "\n".join(line.rpartition("\r")[2] for line in lines)
