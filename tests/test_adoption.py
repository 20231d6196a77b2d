"""Documentation as others write it: tests/cases/adopt/.

`UPDATE_CASES=1 uv run pytest tests/test_adoption.py` writes anew what a case prints.

- One thing that is odd does not keep the rest of a site from being verified
- It is one failure, with its place, its cause and what mends it; or none, where it works as a script and
  MkDocs shows it
"""

from pathlib import Path

import pytest

from .conftest import CASES
from .txtar import check
from .workspace import Workspace


@pytest.mark.parametrize("case", sorted((CASES / "adopt").glob("*.txt")), ids=lambda case: case.stem)
def test_site(case: Path, tmp_path: Path) -> None:
    """A small site with one thing that is odd."""
    check(case, Workspace(tmp_path))
