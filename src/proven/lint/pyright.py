"""Pyright on the files of a folder."""

import json
import sys
from pathlib import Path

from proven.lint.command import output
from proven.lint.settings import PYRIGHT_SETTINGS
from proven.model import UNREADABLE, FileFindings, Finding
from proven.project import RUNNER
from proven.toolchain.node import node


def pyright_version() -> str:
    """The version of Pyright that is locked."""
    return str(json.loads((RUNNER / "package.json").read_text("utf-8"))["dependencies"]["pyright"])


def check(folder: Path, modules: Path) -> FileFindings:
    """What Pyright says of the files of a folder: errors, and as notes the types that it reveals.

    Args:
        folder: Where the files are; its configuration is written there.
        modules: Where npm packages are.

    Raises:
        Unavailable: Pyright fails.
    """
    (folder / "pyrightconfig.json").write_text(json.dumps(PYRIGHT_SETTINGS), "utf-8")
    options = ("--outputjson", "--project", ".", "--pythonpath", sys.executable)
    said = json.loads(output(node(modules / "pyright" / "index.js", *options), folder))
    for one in said["generalDiagnostics"]:
        if one["severity"] in ("error", "information"):
            code = one.get("rule", "syntax") if one["severity"] == "error" else "note"
            place = one.get("range")  # a file that is too much for it has none
            line = place["start"]["line"] + 1 if place else 1
            message = one["message"].split("\n")[0]
            yield Path(one["file"]).name, Finding(line, code if place else UNREADABLE, message)
