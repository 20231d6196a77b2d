"""What mypy and Ruff find in the code as it stands, and how a check of it ends.

- A tool that cannot be fetched, breaks down or does not end leaves a clear state, and the next check works
  (`browser/test_checks.py`)
"""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .checking import CLEAN, checked, findings, row
from .driver import Block, opened
from .page import Site


@pytest.fixture(scope="module")
def bench(browser: Browser, site: Site) -> Iterator[Block]:
    """A block that is being edited, on a page whose tools stay from one test to the next."""
    context = browser.new_context()
    block = opened(context.new_page(), site, CLEAN)
    block.button("Edit").click()
    yield block
    context.close()


def said(bench: Block, source: str, *buttons: str) -> list[str]:
    """What the tools say of some code, less the titles of pages."""
    bench.editor.fill(source)
    for button in buttons:
        checked(bench, button)
    own = "item => item.innerText.replace(item.querySelector('a')?.innerText ?? '', '').trim()"
    return [str(text) for text in findings(bench).evaluate_all(f"all => all.map({own})")]


def test_lint(bench: Block) -> None:
    """Ruff's findings come with line, message and code; what the formatter would change is one of them."""
    assert said(bench, "import os\n\nx: int = 'a'", "Lint") == [
        "line 1: `os` imported but unused (F401)",
        "line 3: Not as ruff format writes it (format)",
    ]
    expect(row(bench, "Ruff")).to_have_text("Ruff finds 2 things.")


def test_detectors_of_the_page(page: Page, site: Site) -> None:
    """What a page declares is found there beside the selection; what other pages declare is not."""
    source = "import datetime\n\nprint(datetime.datetime.now())"
    for detectors in (["DTZ005"], []):
        block = opened(page, site, CLEAN, detectors=detectors)
        block.button("Edit").click()
        codes = [text.rsplit("(")[-1].removesuffix(")") for text in said(block, source, "Lint")]
        assert codes == detectors


def test_types(bench: Block) -> None:
    """mypy's findings come with line, message and code, as `--strict` has them; notes are among them."""
    assert said(bench, "def f(x):\n    return x\n\n\nreveal_type(1 + 1)", "Types") == [
        "line 1: Function is missing a type annotation (no-untyped-def)",
        'line 5: Revealed type is "int" (note)',
    ]
    expect(row(bench, "mypy")).to_have_text("mypy finds 2 things.")


def test_the_platform_is_that_of_the_build(bench: Block) -> None:
    """What only Linux has is there, though the reader's interpreter is another."""
    assert said(bench, "import os\n\nprint(os.sched_getaffinity(0))", "Types") == []


def test_nothing_found(bench: Block) -> None:
    """That nothing was found is said, and announced politely."""
    assert said(bench, "x: int = 1", "Lint", "Types") == []
    for sentence in ("Ruff finds nothing.", "mypy finds nothing."):
        expect(bench.root.get_by_role("status").filter(has_text=sentence)).to_be_visible()


def test_both_tools_are_shown_by_line(bench: Block) -> None:
    """What one tool says does not replace what the other said."""
    listed = said(bench, 'import os\n\nx: int = "a"\nl = [\n    1]', "Types", "Lint")
    assert [text.rsplit("(", 1)[1] for text in listed] == ["F401)", "assignment)", "E741)", "format)"]


def test_rules_of_the_site_are_linked(bench: Block, site: Site) -> None:
    """A finding that one of our rules covers leads to the rule's page, wherever the site is."""
    lines = ["import asyncio", "import time", "", "", "async def f() -> None:"]
    said(bench, "\n".join([*lines, "    time.sleep(1)", "    asyncio.sleep(1)"]), "Lint", "Types")
    links = bench.findings.get_by_role("link")
    expect(links).to_have_text(["Keep blocking calls off the event loop", "Await every coroutine"])
    expect(links.first).to_have_attribute("href", f"{site.url}async/blocking-calls/")


def test_a_syntax_error_is_a_finding(bench: Block) -> None:
    """Both tools say where the code cannot be read."""
    listed = said(bench, "x = 1\ny = = 2", "Lint", "Types")
    assert [text.split(":")[0] for text in listed] == ["line 2", "line 2"]
    assert "invalid-syntax" in "".join(listed)


def test_lines_beyond_ascii(bench: Block) -> None:
    """Characters of any width do not move a finding to another line, or off it."""
    listed = said(bench, "x = '\U0001f40d\u00e9'\ny: int = '\u20ac'  # \U0001f40d", "Types")
    assert [text.split(":")[0] for text in listed] == ["line 2"]


def test_code_is_shown_as_text(bench: Block) -> None:
    """Nothing in the code becomes markup by way of a message."""
    listed = said(bench, "from typing import Literal\n\nx: Literal['<img src=x>'] = 1", "Types")
    assert "<img src=x>" in listed[0]
    expect(bench.root.locator("img")).to_have_count(0)


def test_many_findings(bench: Block) -> None:
    """Of many findings the first are shown, and it is said how many there are."""
    listed = said(bench, "".join(f"a{number}: int = ''\n" for number in range(300)), "Types")
    assert len(listed) == 200
    expect(row(bench, "mypy")).to_have_text("mypy finds 300 things. The first 200 are shown.")


@pytest.mark.parametrize(("button", "tool"), [("Types", "mypy"), ("Lint", "Ruff")])
def test_a_tool_that_breaks_down(bench: Block, button: str, tool: str) -> None:
    """Code that a tool cannot stomach is reported, and the next check is done by a fresh one."""
    assert said(bench, f"x = {'1+' * 50_000}1", button) == []
    expect(row(bench, tool)).to_have_text(re.compile(f"^{tool} broke down: .* {button} starts it afresh"))
    assert len(said(bench, "import os\n\nx: int = ''", button)) >= 1


def test_a_check_without_end(bench: Block) -> None:
    """A check that takes for ever leaves the page usable, and can be cancelled; the next one works."""
    bench.editor.fill(f"x: list[int] = {'max(' * 40}1{", 'a')" * 40}")
    bench.menu_item("Types").click()
    expect(row(bench, "mypy")).to_contain_text("mypy reads the code")
    bench.run_until("error")
    expect(row(bench, "mypy")).to_contain_text("mypy reads the code")
    bench.root.get_by_role("button", name="Cancel Types").click()
    expect(bench.root.get_by_role("status").filter(has_text="Cancelled.")).to_be_visible()
    assert len(said(bench, "x: int = ''", "Types")) == 1
