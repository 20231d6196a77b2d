"""`proven verify` on pages that are wrong in one way each: tests/cases/verify/.

A case is a page and a text file: the command's arguments on the first line, then
what it prints. `UPDATE_CASES=1 uv run pytest tests/test_verify.py` writes the
text files anew; read the difference before you commit it.
"""

import os
import shlex
from pathlib import Path

import pytest

from .conftest import CASES, Workspace

PAGES = sorted((CASES / "verify").glob("*.md"))


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.stem)
def test_case(case: Path, workspace: Workspace) -> None:
    """Each way to be wrong is reported at its line, with the way to mend it."""
    page = f"docs/{case.name}"
    workspace.write(page, case.read_bytes())
    expected = case.with_suffix(".txt")
    command = expected.read_text("utf-8").splitlines()[0] if expected.exists() else "--interpreter native"
    done = workspace.verify(page, *shlex.split(command))
    shown = f"{command}\n{done.stderr}exit {done.returncode}\n"
    if "UPDATE_CASES" in os.environ:
        expected.write_text(shown, "utf-8")
    assert shown == expected.read_text("utf-8")
