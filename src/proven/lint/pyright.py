"""Pyright on the files of a folder."""

import json
import sys
from functools import cache
from itertools import batched
from pathlib import Path

from proven.lint.resident import BATCH, Resident
from proven.lint.settings import PYRIGHT_SETTINGS
from proven.model import UNREADABLE, FileFindings, Finding
from proven.project import RUNNER
from proven.toolchain.node import node

_ERROR, _INFORMATION = 1, 3
"""Severities of the Language Server Protocol."""

_resident = cache(lambda python: Resident("Pyright"))
"""Pyright, a process for each Python whose packages it sees."""


def pyright_version() -> str:
    """The version of Pyright that is locked."""
    return str(json.loads((RUNNER / "package.json").read_text("utf-8"))["dependencies"]["pyright"])


def check(folder: Path, modules: Path, python: str = "") -> FileFindings:
    """What Pyright says of the files of a folder: errors, and as notes the types that it reveals.

    Args:
        folder: Where the files are.
        modules: Where npm packages are.
        python: The Python whose packages it sees; empty for that which runs it.

    Raises:
        Unavailable: Pyright fails.
    """
    server = node((modules / "pyright" / "langserver.index.js").resolve())
    command = [sys.executable, "-I", "-m", "proven.lint.pyright_server", python or sys.executable, *server]
    for files in batched(sorted(folder.glob("*.py")), BATCH, strict=False):
        question = {"files": {file.name: file.read_bytes().decode() for file in files}}
        answer = _resident(python).ask([*command, json.dumps(PYRIGHT_SETTINGS)], question, len(files))
        for item in answer["said"]:
            if item["severity"] in (_ERROR, _INFORMATION):
                code = item["rule"] or "syntax" if item["severity"] == _ERROR else "note"
                code = code if item["line"] else UNREADABLE
                yield item["file"], Finding(item["line"] or 1, code, item["message"])
