"""mypy on the files of a folder."""

import json
import sys
from itertools import batched
from pathlib import Path

from proven.lint.resident import BATCH, Resident
from proven.lint.settings import MYPY_OPTIONS
from proven.model import UNREADABLE, FileFindings, Finding, Unavailable

_COMMAND = [sys.executable, "-I", "-m", "proven.lint.mypy_server"]

_MYPY = Resident("mypy")


def check(folder: Path, cache: Path) -> FileFindings:
    """What mypy says of the files of a folder, errors and notes, under `--strict`.

    Args:
        folder: Where the files are.
        cache: What mypy remembers of the standard library.

    Raises:
        Unavailable: mypy fails.
    """
    for files in batched(sorted(file.name for file in folder.glob("*.py")), BATCH, strict=False):
        yield from _check(folder, cache, list(files))


def _check(folder: Path, cache: Path, files: list[str]) -> FileFindings:
    """What mypy says of some files; it stops at those that it cannot read, and is asked again without."""
    while files:
        arguments = [*MYPY_OPTIONS, f"--cache-dir={cache.absolute()}", *files]
        answer = _MYPY.ask(_COMMAND, {"folder": str(folder), "arguments": arguments}, len(files))
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
