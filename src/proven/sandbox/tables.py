"""Show a pyproject.toml to the tools whose tables it sets, offline, in a folder with nothing else."""

import os
import re
import shutil
import subprocess
import textwrap
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from proven.sandbox.console import environment

EXAMPLE = '\n[project]\nname = "example"\nversion = "0"\n'
"""What uv wants beside its own tables; it comes last, so that lines stay what they are."""


Complaint = tuple[str, int | None]
"""What a tool says is wrong, and the line of the file that it names, if it names one."""


@dataclass(frozen=True, slots=True)
class Tool:
    """How to ask a tool whether it takes its table."""

    command: tuple[str, ...]
    complaints: Callable[[str, str], Iterator[Complaint]]
    """Reads them from its standard output and standard error."""
    fine: tuple[int, ...] = (0,)
    """What it exits with when nothing is wrong."""


def _rust(_: str, stderr: str) -> Iterator[Complaint]:
    """The complaints of Ruff and uv: paragraphs, with the point below an excerpt from the file."""
    for part in re.split(r"^(?=warning: |error: |ruff failed)", stderr, flags=re.MULTILINE):
        lines = [line.strip() for line in part.splitlines() if line.strip()]
        if lines and re.match(r"warning: |error: |ruff failed", lines[0]):
            place = re.search(r"TOML parse error at line (\d+)", part)
            text = lines[-1] if place else " ".join(lines)
            text = re.sub(r"^(?:(?:warning|error|[Cc]ause): |ruff failed )+", "", text)
            yield text, int(place[1]) if place else None


def _mypy(stdout: str, stderr: str) -> Iterator[Complaint]:
    for line in (stdout + stderr).splitlines():
        if not line.startswith(("Success: ", "Found ", "usage: ", " ")):
            yield re.sub(r"^(?:pyproject\.toml:(?:\d+:)? ?|\[.*?\]: ?|mypy: |error: )*", "", line), None


def _pytest(stdout: str, stderr: str) -> Iterator[Complaint]:
    text = " ".join((stdout + stderr).split())
    _, *errors = re.split(r"\b(?:ERROR|error): ", text)
    if errors:
        yield errors[-1].partition(" inifile: ")[0], None


UNCHECKED = "nothing checks"
"""The start of the message for a table that no tool judges."""

TOOLS = {
    "ruff": Tool(("ruff", "check", "--no-cache", "-"), _rust),
    "uv": Tool(("uv", "workspace", "list", "--offline"), _rust),
    "mypy": Tool(("mypy", "--config-file=pyproject.toml", f"--cache-dir={os.devnull}", os.devnull), _mypy),
    "pytest": Tool(
        ("pytest", "--strict-config", "--collect-only", "-q", "-p", "no:cacheprovider", "--rootdir=.", "."),
        _pytest,
        fine=(0, 5),  # 5: there are no tests
    ),
}
"""The tools that judge their tables themselves; others are judged by schema."""


def run(
    sources: list[dict[str, Any]], emit: Callable[[str, str], object], _tell: object = None
) -> dict[str, Any]:
    """Ask the tools about the last source, a pyproject.toml.

    Returns:
        As `execute.run()` does. A "print" is what one tool says is wrong, at the line that it means.
    """
    text = sources[-1]["source"]
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {"error": None, "prints": []}  # whoever reads this parses it too, and says so
    home = os.path.realpath(os.getcwd())
    lines = places(text)
    prints = [
        {
            "line": _line(text, lines, path, message, line),
            "indent": 0,
            "text": f"{name}: {message}" if name else message,
        }
        for name, path, message, line in (*_invalid(data), *_refused(data, text, home))
    ]
    return {"error": None, "prints": prints}


Path = tuple[str, ...]
Found = tuple[str, Path, str, int | None]
"""Who says it, of which key, what, and at which line."""


def _invalid(data: dict[str, Any]) -> Iterator[Found]:
    """What validate-pyproject says of the standard tables, and of tools that have a schema."""
    from validate_pyproject import api, errors, plugins  # only few blocks need it

    installed = plugins.list_from_entry_points()
    tables = set(data.get("tool", ())) - set(TOOLS)
    for table in sorted(tables - {plugin.tool for plugin in installed}):
        yield "", ("tool", table), f"{UNCHECKED} [tool.{table}]: validate-pyproject has no schema of it", None
    chosen = [plugin for plugin in installed if plugin.tool in tables or not plugin.tool]
    try:
        api.Validator(plugins=chosen)(data)
    except errors.ValidationError as error:
        keys = re.sub(r"\[\d+\]", "", str(error.name).strip("`")).split(".")
        message = " ".join(error.message.split())
        yield "validate-pyproject", tuple(key for key in keys if key != "data"), message, None


def _refused(data: dict[str, Any], text: str, home: str) -> Iterator[Found]:
    """What the tools say of their own tables."""
    variables = environment(home)
    for name, tool in TOOLS.items():
        if name not in data.get("tool", ()):
            continue
        program = shutil.which(tool.command[0], path=variables["PATH"])
        if program is None:
            yield "", ("tool", name), f"{UNCHECKED} [tool.{name}]: {name} is not installed", None
            continue
        folder = os.path.join(home, name)
        os.mkdir(folder)
        with open(os.path.join(folder, "pyproject.toml"), "w", encoding="utf-8") as stream:
            stream.write(text + (EXAMPLE if name == "uv" and "project" not in data else ""))
        for message, line in _asked(tool, program, folder, variables):
            yield name, ("tool", name), message, line


def _asked(tool: Tool, program: str, folder: str, variables: dict[str, str]) -> Iterator[Complaint]:
    done = subprocess.run(
        [program, *tool.command[1:]],
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    stdout, stderr = (output.replace(folder + os.sep, "") for output in (done.stdout, done.stderr))
    bad = done.returncode not in tool.fine
    complaints = list(tool.complaints(stdout, stderr)) if bad or tool.fine == (0,) else []
    if bad and not complaints:
        said = (stdout + stderr).strip().splitlines() or [f"exited with {done.returncode}"]
        complaints = [(said[-1], None)]
    yield from ((textwrap.shorten(message, 200, placeholder=" ..."), line) for message, line in complaints)


def places(text: str) -> dict[Path, int]:
    """The line of each key, found by reading the file up to the end of each statement."""
    lines = text.splitlines()
    numbers: dict[Path, int] = {}
    start = 0
    for end in range(1, len(lines) + 1):
        try:
            data = tomllib.loads("\n".join(lines[:end]))
        except tomllib.TOMLDecodeError:
            continue  # in the middle of a statement
        first = next(
            (at for at in range(start, end) if lines[at].strip() and lines[at].strip()[0] != "#"), start
        )
        for path in _paths(data, ()):
            numbers.setdefault(path, first + 1)
        start = end
    return numbers


def _paths(value: object, path: Path) -> Iterator[Path]:
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _paths(part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _paths(part, (*path, str(index)))


def _line(text: str, lines: dict[Path, int], path: Path, message: str, line: int | None) -> int:
    """The line that a tool names; else that of a key which it speaks of; else that of the table."""
    if line and not text.splitlines()[line - 1].lstrip().startswith("["):
        return line
    words = set(re.findall(r"[\w-]+", message))
    named = [
        at
        for key, at in lines.items()
        if len(key) > len(path) and key[: len(path)] == path and key[-1] in words
    ]
    return min(named, default=lines.get(path, 1))
