"""mypy on the files of a folder."""

import json
import sys
from functools import cache
from itertools import batched
from pathlib import Path

from proven.lint.resident import BATCH, Resident
from proven.lint.settings import MYPY_OPTIONS, PACKAGED
from proven.model import UNREADABLE, FileFindings, Finding, Unavailable

_COMMAND = [sys.executable, "-I", "-m", "proven.lint.mypy_server"]

_resident = cache(lambda python: Resident("mypy"))
"""mypy, a process for each Python whose packages it sees."""


def check(folder: Path, memory: Path, python: str = "") -> FileFindings:
    """What mypy says of the files of a folder, errors and notes, under `--strict`.

    Args:
        folder: Where the files are.
        memory: What mypy remembers of the standard library and of packages.
        python: The Python whose packages it sees; empty for that which runs it.

    Raises:
        Unavailable: mypy fails.
    """
    for files in batched(sorted(file.name for file in folder.glob("*.py")), BATCH, strict=False):
        yield from _check(folder, memory, python, list(files))


def _check(folder: Path, memory: Path, python: str, files: list[str]) -> FileFindings:
    """What mypy says of some files; it stops at those that it cannot read, and is asked again without."""
    while files:
        packages = [*PACKAGED, f"--python-executable={python}"] if python else []
        arguments = [*MYPY_OPTIONS, *packages, f"--cache-dir={memory.absolute()}", *files]
        answer = _resident(python).ask(_COMMAND, {"folder": str(folder), "arguments": arguments}, len(files))
        said = [json.loads(line) for line in answer["said"].split("\n") if line.startswith("{")]
        unread = {diagnostic["file"] for diagnostic in said if diagnostic["code"] == "syntax"} & {*files}
        if answer["code"] > 1 and not unread:
            raise Unavailable(f"mypy failed\n{answer['said']}{answer['complaint']}")
        for diagnostic in said:
            code = diagnostic["code"] if diagnostic["severity"] == "error" else "note"
            if diagnostic["file"] in unread:
                yield diagnostic["file"], Finding(diagnostic["line"], UNREADABLE, diagnostic["message"])
            elif answer["code"] <= 1:
                yield diagnostic["file"], Finding(diagnostic["line"], code, diagnostic["message"])
        files = [file for file in files if file not in unread] if answer["code"] > 1 else []
