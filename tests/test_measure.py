"""What a page states of speed follows from what was measured of its block, which is kept by its content.

- A block with `measure=` is measured as it stands, what is kept can be read and belongs to a block
  (`test_changed`, `test_unreadable`, `test_leftover`)
- Each of its statements follows from the measurement on each interpreter (`test_does_not_follow`)
"""

import json
import re
from pathlib import Path

import pytest

from .workspace import Workspace, only

CODE = """\
def scanned(names: list[str]) -> bool:
    return "nobody" in names


def looked_up(names: list[str]) -> bool:
    return "nobody" in dict.fromkeys(names)


def prepare(size: int) -> list[str]:
    return [str(number) for number in range(size)]
"""
SIZES = (10, 100, 1000)
STATED = "looked_up faster than scanned; scanned linear"


@pytest.fixture
def page(workspace: Workspace) -> Workspace:
    """A project with one page, whose block is to be measured."""
    only(workspace, "native")
    workspace.write(
        "mkdocs.yml", (workspace.root / "mkdocs.yml").read_text().replace("rules: true", "rules: false")
    )
    return state(workspace, STATED)


def state(workspace: Workspace, stated: str, sizes: str = "10 100 1000") -> Workspace:
    """Have the page state something."""
    workspace.write("docs/index.md", f'# Speed\n\n```python measure="{stated}" sizes="{sizes}"\n{CODE}```\n')
    return workspace


def keep(workspace: Workspace, **times: tuple[float, float, float]) -> Path:
    """Write down a measurement of the page's block: for each function what it took, by size."""
    told = workspace.verify().stderr
    name = re.search(r"has not been measured as it stands: no (\S+\.json)", told)
    assert name, told
    run = {
        function: {str(size): [time, 0.1] for size, time in zip(SIZES, taken, strict=True)}
        for function, taken in times.items()
    }
    kept = {"day": "2026-11-29", "machine": "a machine", "tool": "pyperf 1", "runs": {"3.13.0": run}}
    return workspace.write(name[1], json.dumps(kept))


def test_measure(page: Workspace) -> None:
    """The command measures on the interpreters that there are, writes down ratios, and says where."""
    state(page, "looked_up as fast as scanned", "10 20")
    done = page.command("proven", "measure", "docs/index.md", "--rounds", "1")
    assert done.returncode == 0, done.stderr
    assert re.search(r"docs/index\.md:3: looked_up, scanned on CPython 3\.\d+\.\d+", done.stderr)
    [file] = (page.root / "measurements").glob("*.json")
    assert f"wrote measurements/{file.name}" in done.stderr
    for run in json.loads(file.read_text("utf-8"))["runs"].values():
        assert run["looked_up"]["10"][0] == 1
        assert all([*by] == ["10", "20"] for by in run.values())
    assert "has not been measured" not in page.verify().stderr


def test_nothing_to_measure(page: Workspace) -> None:
    """A page without such a block says so."""
    page.write("docs/other.md", "# Other\n\n```python\nprint(1)\n#> 1\n```\n")
    done = page.command("proven", "measure", "docs/other.md")
    assert done.returncode == 2
    assert "no block of these pages has measure=" in done.stderr


def test_shown(page: Workspace) -> None:
    """The page has a plot with a text alternative, a table, what follows, and where it was measured."""
    keep(page, looked_up=(1, 1.5, 2), scanned=(2, 20, 200))
    done = page.command("mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    html = (page.root / "site" / "index.html").read_text("utf-8")
    assert "<title" in html
    assert "Time by size on CPython 3.13.0: looked_up from 1.00 to 2.00; scanned from 2.00 to 200" in html
    assert html.count("<polyline") == 2
    assert "200 ± 1%" in html
    assert "Measured on 2026-11-29 with pyperf 1 on a machine" in html
    keep_again = page.root / "measurements"
    [file] = keep_again.glob("*.json")
    file.write_text(file.read_text().replace("a machine", "another machine"))
    page.command("mkdocs", "build", "-q")
    assert "on another machine" in (page.root / "site" / "index.html").read_text("utf-8")


def test_changed(page: Workspace) -> None:
    """A block that is another than the one that was measured fails; other words of the page do not matter."""
    keep(page, looked_up=(1, 1.5, 2), scanned=(2, 20, 200))
    assert page.verify().returncode == 0
    text = (page.root / "docs" / "index.md").read_text()
    page.write("docs/index.md", text.replace("# Speed", "# How fast"))
    assert page.verify().returncode == 0
    page.write("docs/index.md", text.replace("nobody", "no one"))
    done = page.verify()
    assert done.returncode == 1
    assert "docs/index.md:3: this block has not been measured as it stands" in done.stderr
    assert "proven measure docs/index.md" in done.stderr


@pytest.mark.parametrize(
    ("stated", "seen"),
    [
        (
            "scanned faster than looked_up",
            "'scanned faster than looked_up' does not follow on CPython 3.13.0: it is 0.01",
        ),
        ("looked_up 101x faster than scanned", "it is 100.00 times as fast at 1,000, spread included 95"),
        ("looked_up as fast as scanned", "it is 100.00 times as fast"),
        ("scanned quadratic; looked_up constant", "time grows with the power 1.00 of the size"),
        ("looked_up linear; scanned linear", "time grows with the power 0.15 of the size"),
    ],
)
def test_does_not_follow(page: Workspace, stated: str, seen: str) -> None:
    """What a page states, and the measurement does not show, fails with what was seen."""
    state(page, stated)
    keep(page, looked_up=(1, 1.5, 2), scanned=(2, 20, 200))
    done = page.verify()
    assert done.returncode == 1
    assert seen in done.stderr


def test_follows(page: Workspace) -> None:
    """What the measurement does show passes, spread included."""
    state(page, "looked_up 90x faster than scanned; scanned linear; looked_up constant")
    keep(page, looked_up=(1, 1.5, 2), scanned=(2, 20, 200))
    assert page.verify().returncode == 0


@pytest.mark.parametrize(
    ("stated", "sizes", "problem"),
    [
        ("scanned slow", "10 100 1000", "'scanned slow' states nothing that can be measured"),
        ("scanned linear", "10 100", "'scanned linear' takes at least 3 sizes"),
        ("scanned linear", "100 10 1000", "sizes='100 10 1000' do not ascend"),
        ("scanned linear", "many", "sizes='many' are not numbers"),
    ],
)
def test_malformed(page: Workspace, stated: str, sizes: str, problem: str) -> None:
    """Statements and sizes that cannot be read fail with an example."""
    done = state(page, stated, sizes).verify()
    assert done.returncode == 1
    assert f"docs/index.md:3: {problem}" in done.stderr
    assert "Write it as in measure=" in done.stderr


def test_unreadable(page: Workspace) -> None:
    """A file that is cut short is named, with the way to mend it."""
    file = keep(page, looked_up=(1, 1.5, 2), scanned=(2, 20, 200))
    file.write_text(file.read_text()[:50])
    done = page.verify()
    assert done.returncode == 2
    assert f"measurements/{file.name} cannot be read" in done.stderr


def test_leftover(small_site: Workspace) -> None:
    """A measurement that belongs to no block fails, so that none is forgotten."""
    small_site.write("measurements/gone-12345678.json", "{}")
    done = small_site.verify()
    assert done.returncode == 1
    assert "measurements/gone-12345678.json:1: no block was measured for this" in done.stderr


def test_a_block_that_fails(page: Workspace) -> None:
    """What cannot be measured is told with the reason, and nothing is written."""
    text = (page.root / "docs" / "index.md").read_text()
    page.write("docs/index.md", text.replace("def prepare", "def prepared"))
    done = page.command("proven", "measure", "docs/index.md", "--rounds", "1")
    assert done.returncode == 2
    assert re.search(r"docs/index\.md:3: cannot be measured on .*prepare", done.stderr)
    assert not (page.root / "measurements").exists()
