"""mypy and Pyright on files, with the settings that the project has for them: `find(tool, paths) -> hits`."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from proven.scan import command
from proven.scan.hits import Hit, Stopped

type Checker = Literal["mypy", "pyright"]


def find(tool: Checker, paths: Sequence[str]) -> Iterator[Hit]:
    """What a type checker of the project's environment reports.

    Raises:
        Stopped: It is not installed, or cannot work.
    """
    files = [path for path in paths if path.endswith((".py", ".pyi"))]
    start = shutil.which(tool)
    if start is None:
        raise Stopped(f"{tool} is not on the path: activate the environment that it is installed in")
    if files:
        yield from (_mypy if tool == "mypy" else _pyright)(start, files)


def _mypy(start: str, files: list[str]) -> Iterator[Hit]:
    for said in command.lines([start, "--output=json", "--no-error-summary"], files):
        if said["severity"] == "error":
            line, column = max(said["line"], 1), max(said["column"], 0) + 1
            yield Hit("mypy", said["code"] or "", said["message"], said["file"], (line, column, line, column))


def _pyright(start: str, files: list[str]) -> Iterator[Hit]:
    given = [start, "--outputjson", *files]
    done = subprocess.run(given, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    try:
        report = json.loads(done.stdout)["generalDiagnostics"]
    except (ValueError, KeyError):
        said = (done.stderr or done.stdout).decode(errors="replace").strip()
        raise Stopped(f"pyright cannot work\n{said}") from None
    for entry in report:
        if entry["severity"] == "error":
            yield _hit(entry)


def _hit(entry: dict[str, Any]) -> Hit:
    start, end = entry["range"]["start"], entry["range"]["end"]
    span = (start["line"] + 1, start["character"] + 1, end["line"] + 1, end["character"] + 1)
    return Hit("pyright", entry.get("rule", ""), entry["message"], entry["file"], span)
