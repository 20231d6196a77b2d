"""What a block shows in the end, in a real browser: a table and a figure, as they were recorded.

Wheels of the test's own stand for Matplotlib and pandas of Pyodide's distribution.

- Tables and figures are drawn anew on Run, and compared with what was recorded; what a block says of them is
  shown as text, or as an image that can do nothing, at the build and on Run
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from proven.project import BROWSER, Project

from ..conftest import Once
from ..workspace import Workspace, empty_project, own
from .checking import checked, findings, row
from .conftest import served
from .driver import Block
from .mirror import distribute, wheel
from .standins import FIGURE, MATPLOTLIB, PANDAS, PYPLOT
from .test_axe import LOOKS, Scheme, look, violations

PAGE = """# Sales

```python value
import pandas as pd

pd.DataFrame([("<script>hacked = 1</script>", 7), ("<img src=x onerror='hacked = 1'>", 9)])
```

```python figure="sales.svg" alt="Sales rise from \\"10\\" to <90>"
import matplotlib.pyplot as plt

figure = plt.figure()
```

```python value
print("six times seven")
6 * 7
```
""".replace('\\"', "'")


@pytest.fixture(scope="module")
def site(once: Once, tools: Project) -> Workspace:
    """A built site whose blocks show a table, a figure and a value."""

    def build(root: Workspace) -> None:
        wheels = {
            "matplotlib": wheel(
                "matplotlib", MATPLOTLIB, **{"matplotlib/figure.py": FIGURE, "matplotlib/pyplot.py": PYPLOT}
            ),
            "pandas": wheel("pandas", PANDAS),
        }
        own(root, ".proven/packages")
        distribute(root, wheels, ["matplotlib", "pandas"])
        settings = f"plugins:\n  - proven:\n      interpreters: ['{BROWSER}']\n      mirror: mirror\n"
        root.write("mkdocs.yml", f"site_name: x\ntheme: {{name: material, font: false}}\n{settings}")
        root.write("docs/index.md", "# Home\n")
        root.write("docs/shop/sales.md", PAGE)
        for command in (("proven", "verify", "--update"), ("mkdocs", "build", "--strict")):
            done = root.command(*command)
            assert done.returncode == 0, done.stderr

    return Workspace(once("shown", lambda folder: build(empty_project(folder))))


@pytest.fixture
def url(site: Workspace) -> Iterator[str]:
    """Where the page is served."""
    with served(site.root / "site") as address:
        yield f"{address}shop/sales/"


CELLS = """table => [...table.rows].map(
    row => [...row.cells].map(cell => [cell.tagName, cell.scope ?? '', cell.colSpan, cell.rowSpan])
)"""


def same(block: Block) -> None:
    """Run a block, and see that it does what was recorded."""
    block.run()
    expect(block.status).to_have_text("Same output as recorded.")


def test_table(page: Page, url: str) -> None:
    """The table that is drawn on Run is that of the page, cell for cell, and all that is in it is text."""
    page.goto(url)
    block = Block(page, 1)
    table = block.output.locator("> .pp-table table")
    recorded = table.evaluate(CELLS)
    cells = table.locator("th, td").all_inner_texts()
    assert cells == [
        *("", "sales", "0", "<script>hacked = 1</script>", "7"),
        *("1", "<img src=x onerror='hacked = 1'>", "9", "2", "hacked = 1", "", "a\nb", "<i>"),
    ]
    headings = [cell[1:] for row in recorded for cell in row if cell[0] == "TH"]
    assert headings == [["colgroup", 2, 1], ["row", 1, 1], ["row", 1, 1], ["rowgroup", 1, 2]]
    same(block)
    assert table.evaluate(CELLS) == recorded
    assert table.locator("th, td").all_inner_texts() == cells
    assert page.evaluate("globalThis.hacked") is None
    expect(page.locator(".pp-table :is(script, img, style)")).to_have_count(0)


def test_figure(page: Page, url: str, site: Workspace) -> None:
    """A figure is an image beside the page, and one of its own once the block is run: the same one."""
    page.goto(url)
    block = Block(page, 2)
    image = block.output.get_by_role("img", name="Sales rise from '10' to <90>", exact=True)
    assert image.get_attribute("src") == "../sales.svg"
    loaded = "image => image.decode().then(() => [image.naturalWidth, image.width, image.height])"
    assert image.evaluate(loaded) == [384, 384, 192]
    text = (site.root / "docs" / "shop" / "sales.svg").read_text("utf-8")
    assert "svg proven agg {'Date': None, 'Creator': None}" in text
    same(block)
    assert str(image.get_attribute("src")).startswith("data:image/svg+xml,")
    assert image.evaluate(loaded) == [384, 384, 192]
    assert image.evaluate("image => decodeURIComponent(image.src.slice(image.src.indexOf(',') + 1))") == text
    expect(block.screen).to_be_hidden()
    same(block)  # the first was closed
    block.button("Edit").click()
    block.editor.fill("import matplotlib.pyplot as plt\nplt.figure().points = '0,0 9,9'")
    block.run_until("done")
    edited = block.output.get_by_role("img", name="What the code draws as it is now")
    assert "0%2C0%209%2C9" in str(edited.get_attribute("src"))
    block.editor.fill("import matplotlib.pyplot as plt\nplt.figure()\nplt.figure()\n7")
    block.run_until("done")
    expect(block.note).to_have_text("Nothing is shown in the end: it leaves several figures of pyplot open.")


def test_value(page: Page, url: str) -> None:
    """A value is told from the output, and is compared too."""
    page.goto(url)
    block = Block(page, 3)
    for _ in range(2):
        expect(block.output.locator("> pre")).to_have_text("six times seven\n42")
        expect(block.output.locator(".pp-value")).to_have_text("42")
        same(block)


@pytest.mark.parametrize(
    ("number", "old", "new", "kept"),
    [
        (1, r'"shown": "\w+"', '"shown": "0"', ".pp-table"),
        (2, r'"shown": "\w+"', '"shown": "0"', ".pp-figure"),
        (3, r'"value": "42"', '"value": "43"', ".pp-value"),
    ],
)
def test_another(page: Page, url: str, number: int, old: str, new: str, kept: str) -> None:
    """A table, a figure or a value that is not the recorded one is told as other output is."""

    def change(route: Route) -> None:
        route.fulfill(body=re.sub(old, new, route.fetch().text()), content_type="text/html")

    page.route(url, change)
    page.goto(url)
    block = Block(page, number)
    block.run()
    expect(block.status).to_have_text("Differs from the recorded output.")
    block.output.get_by_text("Recorded output", exact=True).click()
    expect(block.output.locator(".pp-recorded").locator(kept)).to_be_visible()


@LOOKS
def test_looks(page: Page, url: str, axe: str, scheme: Scheme, width: int) -> None:
    """Recorded and run, light and dark, wide and narrow: axe finds nothing, and nothing sticks out."""
    look(page, scheme, width)
    page.goto(url)
    assert violations(page, axe, ".pp-output") == []
    for number in (1, 2, 3):
        same(Block(page, number))
    assert violations(page, axe, ".pp-output") == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_lint(page: Page, url: str) -> None:
    """The expression that is shown is of use, and no other is."""
    page.goto(url)
    block = Block(page, 3)
    block.button("Edit").click()
    block.editor.fill("x = 6\nx\n-x  # all")
    checked(block, "Lint")
    expect(findings(block)).to_have_count(1)
    expect(row(block, "Ruff")).to_contain_text("finds one thing")
    expect(findings(block)).to_contain_text("line 2: Found useless expression")


FORGED = """import proven.harness.value as value
value._value = lambda *_: {{"problem": "", "value": "", "table": {}, "figure": "", "digest": ""}}
1"""


@pytest.mark.parametrize(
    "table", ['[[["x", "onclick", 1, 1]]]', '[[["x", "", 1, 10**9]]]', '[[["x", "", 1, 1]] * 2001]', '"<b>"']
)
def test_forged(page: Page, url: str, table: str) -> None:
    """What code has put in the place of a table is not drawn, and is told."""
    page.goto(url)
    block = Block(page, 1)
    block.button("Edit").click()
    block.editor.fill(FORGED.format(table))
    block.run_until("error")
    expect(block.status).to_contain_text("its report cannot be read")
    expect(block.output.locator("> .pp-table")).to_have_count(0)
