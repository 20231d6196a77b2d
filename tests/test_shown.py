"""What a block shows in the end is written by `--update`, held against it, and never taken for HTML.

- What a block says of its figure or table is taken over only in the form and size that the harness gives it
"""

from pathlib import Path
from typing import Any

import pytest

from proven.harness import value
from proven.model import Block, Cell, Interpreter, Options, Result, Shown, Source
from proven.render.block import block_html
from proven.render.block_markdown import block_markdown
from proven.run import report

from .conftest import CASES
from .txtar import Case
from .workspace import Workspace, only

NATIVE = ("--interpreter", "native")
FIGURES = Case.read(CASES / "faults" / "figure-differs.txt").files[1].text
SETUP = FIGURES.partition("```\n\n")[0] + "```\n\n"
DRAWN = SETUP + '```python continues="setup" figure="new.svg" alt="A *figure*"\nFigure()\n```\n'
PAGE = DRAWN + "\n```python value\nprint(1)\n[1, 2]\n#> 7\n```\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="3pt" height="6pt"><path d="1"/></svg>'
HOSTILE = "<script>alert(1)</script>"
CODE = "frame\n"
WHERE = Interpreter("3.14", "3.14.2", "Pyodide", "folder")


def block(**options: Any) -> Block:
    """A block with options."""
    return Block("docs/a/x.md", 3, 1, "python", CODE, CODE, (1,), "", "other", Options(**options))


def test_update(workspace: Workspace) -> None:
    """Figure and value are written once; a second time nothing is, and other files stay."""
    page = workspace.write("docs/a/x.md", PAGE)
    workspace.write("docs/a/other.svg", SVG)
    done = workspace.verify("--update", *NATIVE)
    assert done.returncode == 0, done.stderr
    assert "updated docs/a/x.md\nupdated docs/a/new.svg\n" in done.stderr
    assert page.read_text("utf-8").endswith("```python value\nprint(1)\n#> 1\n[1, 2]\n#> [1, 2]\n```\n")
    figure = workspace.root / "docs" / "a" / "new.svg"
    assert figure.read_text("utf-8").startswith("<svg ")
    assert figure.stat().st_mode == page.stat().st_mode
    before = {file: file.stat().st_mtime_ns for file in page.parent.iterdir()}
    assert len(before) == 3
    assert "updated" not in workspace.verify("--update", *NATIVE).stderr
    assert {file: file.stat().st_mtime_ns for file in page.parent.iterdir()} == before
    page.write_text(page.read_text("utf-8").replace("Figure()", 'Figure("2")'), "utf-8")
    assert "the figure that it draws is not that of docs/a/new.svg" in workspace.verify(*NATIVE).stderr
    assert "updated docs/a/new.svg\n" in workspace.verify("--update", *NATIVE).stderr
    assert 'd="2"' in figure.read_text("utf-8")


@pytest.mark.parametrize(
    ("setting", "source"), [("", "../new.svg"), ("use_directory_urls: false\n", "./new.svg")]
)
def test_build(workspace: Workspace, setting: str, source: str) -> None:
    """The page shows the file beside it; a build looks at that again though the page is as it was."""
    only(workspace, "native")
    config = workspace.root / "mkdocs.yml"
    config.write_text(
        f"site_name: x\n{setting}plugins:\n  - proven:\n      interpreters: [native]\n", "utf-8"
    )
    workspace.write("docs/index.md", "# Home\n")
    workspace.write("docs/a/x.md", DRAWN)
    assert workspace.verify("--update").returncode == 0
    assert workspace.command("mkdocs", "build", "--strict").returncode == 0
    (built,) = (workspace.root / "site" / "a").rglob("*.html")
    assert f'<img class="pp-figure" src="{source}" alt="A *figure*" ' in built.read_text("utf-8")
    assert (built.parent / source).resolve() == workspace.root / "site" / "a" / "new.svg"
    figure = workspace.root / "docs" / "a" / "new.svg"
    figure.write_text(SVG, "utf-8")
    done = workspace.command("mkdocs", "build")
    assert (done.returncode, "is not that of docs/a/new.svg" in done.stderr) == (1, True)
    figure.unlink()
    done = workspace.command("mkdocs", "build")
    assert (done.returncode, "there is no docs/a/new.svg" in done.stderr) == (1, True)


def test_backend(workspace: Workspace) -> None:
    """Matplotlib is told to draw without a window where it is imported, and nothing else sees that."""
    code = '```python\nimport os\n{}\n\nprint(os.environ.get("MPLBACKEND"))\n#> {}\n```\n\n'
    text = code.format("", None) + code.format("# imports matplotlib", "agg")
    workspace.write("docs/x.md", text)
    done = workspace.verify("--interpreter", "3.14", *NATIVE)
    assert done.returncode == 0, done.stderr


TABLE = ((Cell("", "", 1), Cell(HOSTILE, "col")), (Cell("0", "row", 1, 2), Cell("<img onerror=alert(1)>")))


def test_html() -> None:
    """Cells are text, whatever they hold; headings say what they head."""
    result = Result("so\n", shown=Shown(value=HOSTILE, table=TABLE))
    html = block_html(block(value=True), {WHERE: result}, "")
    output = html.partition('role="region"')[2].partition("<script type=")[0]
    assert "<script" not in output
    assert "<img" not in output
    assert '<th scope="col">&lt;script&gt;alert(1)&lt;/script&gt;</th></tr></thead>' in output
    assert '<tbody><tr><th scope="row" rowspan="2">0</th><td>&lt;img onerror=alert(1)&gt;</td>' in output
    assert '<span class="pp-value">&lt;script&gt;' in output


def test_html_of_a_figure() -> None:
    """Its size is known before it is loaded, and what it shows is said; it is what there is to see."""
    result = Result(shown=Shown(figure=SVG))
    html = block_html(block(figure="a b.svg", alt='"<b>'), {WHERE: result}, "", beside="../")
    assert 'src="../a%20b.svg" alt="&#34;&lt;b&gt;" width="4" height="8"' in html
    assert "Prints nothing" not in html


def test_markdown() -> None:
    """A figure is a line with what stands for it; of a table, the block's comments have the text."""
    drawn = block_markdown(
        block(figure="x.svg", alt="A *figure*"), {WHERE: Result(shown=Shown(figure=SVG))}, "```"
    )
    assert "\n\nFigure: A \\*figure\\*\n\n" in drawn
    assert "<svg" not in drawn
    noted = read(told(value="a frame", prints=[(1, "a frame")]), "value")
    assert "Output:" not in block_markdown(block(value=True), {WHERE: noted}, "```")


def read(told: dict[str, Any], shows: Any) -> Result:
    """What is read of a report on one block that shows something in the end."""
    (result,) = report.read([told], [(Source("python", CODE, shows=shows),)])
    return result


def told(prints: list[tuple[int, str]] | None = None, **shown: Any) -> dict[str, Any]:
    """A report of a block that has ended."""
    printed = [{"line": line, "indent": 0, "text": text} for line, text in prints or []]
    whole = {"problem": "", "value": "", "table": [], "figure": "", "digest": "", **shown}
    return {"outcome": {"error": None, "prints": printed, "shown": whole}, "output": []}


@pytest.mark.parametrize(
    "shown",
    [
        {"problem": "<b>"},
        {"value": 7},
        {"figure": None},
        {"table": "cells"},
        {"table": ["row"]},
        {"table": [[["text", "", 1]]]},
        {"table": [[["text", "evil", 1, 1]]]},
        {"table": [[["text", "", 0, 1]]]},
        {"table": [[["text", "", 1, 10**9]]]},
        {"table": [[[{}, "", 1, 1]]]},
    ],
)
def test_forged(shown: dict[str, Any]) -> None:
    """What a block has written in place of the harness is no result."""
    with pytest.raises(ValueError, match=r"^(a problem|no cell|not a|not enough)"):
        read(told(**shown), "value")


@pytest.mark.parametrize(
    ("shown", "problem"),
    [
        ({"table": [[["", "", 1, 1]]] * (value.CELL_LIMIT + 1)}, value.LARGE_TABLE),
        ({"table": [[["x" * (value.TABLE_LIMIT + 1), "", 1, 1]]]}, value.LARGE_TABLE),
        ({"value": "x" * (2 * value.TEXT_LIMIT + 1)}, value.LARGE_TABLE),
        ({"figure": "x" * (value.FIGURE_LIMIT + 1)}, value.LARGE_FIGURE),
        ({"figure": "<p>"}, value.ACTIVE_FIGURE),
        ({"figure": "<!DOCTYPE svg [<!ENTITY a 'b'>]>" + SVG}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<path onload='alert(1)'")}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<path href='https://example.org/'")}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<path style='fill: url(//example.org)'")}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<foreignObject/><path")}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<style>@import 'x.css'</style><path")}, value.ACTIVE_FIGURE),
        ({"figure": SVG.replace("<path", "<path fill='url(#a)' href='#b'")}, ""),
    ],
)
def test_beyond(shown: dict[str, Any], problem: str) -> None:
    """What the harness would not let through is told as it tells it; a figure that does something, too."""
    told_of = read(told(**shown), "figure").shown
    assert told_of
    assert told_of.problem == problem
    assert bool(told_of.figure) == (not problem)


def test_without_being_asked() -> None:
    """A block that is to show nothing cannot show something."""
    assert read(told(figure=SVG), "").shown is None


def test_earlier_figures_are_closed(workspace: Workspace) -> None:
    """A block that continues one with a figure does not show that one's."""
    drawing = (
        SETUP + '```python continues="setup" figure="a.svg" alt="x"\nfigures.append(Figure("1"))\n```\n\n'
    )
    more = '```python continues figure="b.svg" alt="x"\nfigures.append(Figure("2"))\n```\n'
    workspace.write("docs/x.md", drawing + more)
    done = workspace.verify("--update", *NATIVE)
    assert done.returncode == 0, done.stderr
    assert 'd="2"' in Path(workspace.root / "docs" / "b.svg").read_text("utf-8")


def test_pages_that_share_a_figure(workspace: Workspace) -> None:
    """Two pages of a folder cannot draw into one file: the second is told whose it is."""
    workspace.write("docs/a/x.md", DRAWN)
    workspace.write("docs/a/y.md", DRAWN)
    workspace.write("docs/b/x.md", DRAWN)
    done = workspace.verify("--update", *NATIVE)
    assert done.returncode == 1
    (line,) = (line for line in done.stderr.splitlines() if "is the figure of" in line)
    assert line.startswith("docs/a/y.md:")
    assert "docs/a/new.svg is the figure of docs/a/x.md:" in line
