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


def test_update_leaves_what_is_not_known(tmp_path: Path) -> None:
    """What a block that did not run has noted stays, and so does what comes after an error."""
    page = (
        "# P\n\n```python\nimport django\n\nprint(1)\n#> 2\n```\n\n"
        "```python\nprint(3)\nundefined\nprint(1)\n#> 2\n```\n"
    )
    site = Workspace(tmp_path)
    site.write("mkdocs.yml", "site_name: t\nplugins:\n  - proven:\n      interpreters: [native]\n")
    file = site.write("docs/index.md", page)
    assert site.verify("--update").returncode == 1
    written = page.replace("print(3)\n", "print(3)\n#> 3\n")
    assert file.read_text("utf-8") == written
    assert site.verify("--update").returncode == 1
    assert file.read_text("utf-8") == written
