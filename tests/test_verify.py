"""Pages that are right, and every way to be wrong: tests/cases/verify/ and tests/cases/faults/.

`UPDATE_CASES=1 uv run pytest tests/test_verify.py` writes anew what a case prints;
read the difference before you commit it. `txtar.py` says how a case is written.
"""

import re
from pathlib import Path

import pytest

from .conftest import CASES, Workspace
from .txtar import check

LEAST = 40
"""How many faults there have to be."""

GOOD = sorted((CASES / "verify").glob("*.txt"))
FAULTS = sorted((CASES / "faults").glob("*.txt"))


@pytest.mark.parametrize("case", GOOD, ids=lambda case: case.stem)
def test_good(case: Path, workspace: Workspace) -> None:
    """What is right passes."""
    check(case, workspace)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case.stem)
def test_fault(case: Path, workspace: Workspace) -> None:
    """Each fault is reported at its place, with the way to mend it, and nothing else is lost."""
    check(case, workspace)


def test_catalogue() -> None:
    """The catalogue is as large as it is said to be, and every case of it fails somewhere."""
    assert len(FAULTS) >= LEAST
    for case in FAULTS:
        assert re.search(r"^exit [12]$", case.read_text("utf-8"), re.MULTILINE), case.stem
