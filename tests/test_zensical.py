"""Zensical, which runs no plugin, shows the same blocks once they are verified by the command."""

import subprocess
import sys
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from .conftest import Once, take_results
from .workspace import Workspace, empty_project

PAGE = """# Home page

```python title="greet.py" linenums="1" hl_lines="1"
print("<b>&")
#> <b>&
x = 1
```

!!! note

    ```python continues raises="ValueError: 1"
    raise ValueError(x)
    ```

```pycon
>>> 1 + 1
2
```

```python hidden needs="threads"
from threading import Thread

Thread().start()
print("native")
#> native
```

```python skip="has no printer"
print("skipped")
```
"""


def zensical(workspace: Workspace) -> subprocess.CompletedProcess[str]:
    """Run `zensical build` in a project, with nothing remembered of its own."""
    command = [sys.executable, "-m", "zensical", "build", "--clean"]
    return subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, check=False)


def built(workspace: Workspace) -> LexborHTMLParser:
    """The built page."""
    return LexborHTMLParser((workspace.root / "site" / "index.html").read_text("utf-8"))


@pytest.fixture
def verified(workspace: Workspace, once: Once) -> Workspace:
    """A site of one page, verified by the command."""

    def verify(folder: Path) -> None:
        site = empty_project(folder)
        site.write("docs/index.md", PAGE)
        done = site.verify()
        assert done.returncode == 0, done.stderr

    take_results(workspace, once("zensical", verify) / ".proven")
    workspace.write("docs/index.md", PAGE)
    return workspace


def test_same_blocks(verified: Workspace) -> None:
    """Both builders read the same mkdocs.yml, and write the same HTML for each block."""
    done = zensical(verified)
    assert done.returncode == 0, done.stdout + done.stderr
    theirs = [block.html for block in built(verified).css(".pp-block")]
    assert verified.command("mkdocs", "build").returncode == 0
    ours = [block.html for block in built(verified).css(".pp-block")]
    assert len(ours) == 5
    assert theirs == ours


def test_files_of_the_browser(verified: Workspace) -> None:
    """`proven assets` adds to Zensical's site what its pages link to."""
    assert zensical(verified).returncode == 0
    done = verified.command("proven", "assets", "site")
    assert done.returncode == 0, done.stderr
    for name, place in (("blocks/style.css", "link[href$='{}']"), ("runner/main.js", "script[src$='{}']")):
        assert built(verified).css(place.format(f"assets/{name}"))
        assert (verified.root / "site" / "assets" / name).is_file()
    assert not list((verified.root / "site").rglob(".made-from"))


def test_a_block_that_was_not_verified(verified: Workspace) -> None:
    """Zensical stops at a page that has changed since it was verified."""
    verified.write("docs/index.md", PAGE.replace("x = 1", "x = 2"))
    done = zensical(verified)
    assert done.returncode != 0
    assert "the page shows a block that was not verified: 'print(\"<b>&\")'" in done.stderr
    assert "Run `proven verify` first" in done.stderr


def test_front_matter_says_where_a_page_is_verified(verified: Workspace) -> None:
    """A page is verified on the versions of its front matter, which Zensical takes off before it renders."""
    verified.write("docs/index.md", f'---\npython: ">=3.13"\n---\n\n{PAGE}')
    assert zensical(verified).returncode == 0
    html = (verified.root / "site" / "index.html").read_text("utf-8")
    assert "Verified on CPython 3.13" in html
    assert ">on CPython 3.11" not in html
