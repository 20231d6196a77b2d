"""Zensical, which runs no plugin, shows the same blocks once they are verified by the command."""

import subprocess
import sys

import pytest

from .conftest import Workspace
from .html import parse

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


@pytest.fixture
def verified(workspace: Workspace) -> Workspace:
    """A site of one page, verified by the command."""
    workspace.write("docs/index.md", PAGE)
    done = workspace.verify()
    assert done.returncode == 0, done.stderr
    return workspace


def test_same_blocks(verified: Workspace) -> None:
    """Both builders read the same mkdocs.yml, and write the same HTML for each block."""
    done = zensical(verified)
    assert done.returncode == 0, done.stdout + done.stderr
    theirs = parse(verified.root / "site" / "index.html").all(of_class="pp-block")
    assert verified.command("mkdocs", "build").returncode == 0
    ours = parse(verified.root / "site" / "index.html").all(of_class="pp-block")
    assert len(ours) == 5
    assert theirs == ours


def test_files_of_the_browser(verified: Workspace) -> None:
    """`proven assets` adds to Zensical's site what its pages link to."""
    assert zensical(verified).returncode == 0
    done = verified.command("proven", "assets", "site")
    assert done.returncode == 0, done.stderr
    html = parse(verified.root / "site" / "index.html")
    links = [one.attributes.get("href", "") for one in html.all("link")]
    scripts = [one.attributes.get("src", "") for one in html.all("script")]
    for name in ("./assets/blocks/style.css", "./assets/runner/main.js"):
        assert name in [*links, *scripts]
        assert (verified.root / "site" / name).is_file()
    assert not list((verified.root / "site").rglob(".made-from"))


def test_a_block_that_was_not_verified(verified: Workspace) -> None:
    """Zensical stops at a page that has changed since it was verified."""
    verified.write("docs/index.md", PAGE.replace("x = 1", "x = 2"))
    done = zensical(verified)
    assert done.returncode != 0
    assert "the page shows a block that was not verified: 'print(\"<b>&\")'" in done.stderr
    assert "Run `proven verify` first" in done.stderr
