"""From a mark in the code to what is said of it, by pointer and by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, expect

from .checking import CLEAN, checked, findings
from .driver import Block, opened
from .page import Site

SLEEP = "import os\nimport time\n\n\nasync def f() -> None:\n    time.sleep(1)"

LISTEN = """announced => {
  announced.said = [];
  const listen = (changes) => announced.said.push(...changes.flatMap(({ addedNodes }) => [...addedNodes])
    .filter(({ nodeName }) => nodeName === "DIV").map(({ textContent }) => textContent));
  new MutationObserver(listen).observe(announced, { childList: true });
}"""
"""Note what is announced: CodeMirror takes it away after a fifth of a second."""


@pytest.fixture(scope="module")
def bench(browser: Browser, site: Site) -> Iterator[Block]:
    """A block with two findings of Ruff's, one of which a rule of the site covers."""
    context = browser.new_context()
    block = opened(context.new_page(), site, CLEAN)
    block.button("Edit").click()
    block.editor.fill(SLEEP)
    checked(block, "Lint")
    expect(findings(block)).to_have_count(2)
    yield block
    context.close()


@pytest.fixture
def tooltip(bench: Block) -> Locator:
    """What is said of a mark, at the mark."""
    return bench.root.locator(".cm-tooltip-lint")


def test_a_mark_says_what_is_wrong(bench: Block, tooltip: Locator) -> None:
    """Under the pointer a mark says message and code, which tool found it, and which rule covers it."""
    bench.marks.nth(1).hover()
    expect(tooltip).to_contain_text("ASYNC251")
    expect(tooltip).to_contain_text("Ruff")
    expect(tooltip.get_by_role("link")).to_have_text("Keep blocking calls off the event loop")


def test_f8_leads_to_the_next_finding(bench: Block, tooltip: Locator) -> None:
    """By keyboard one goes from finding to finding and back, and each is said aloud."""
    announced = bench.root.locator(".cm-announced")
    announced.evaluate(LISTEN)
    bench.editor.press("Control+Home")
    for key, code, selected in [
        ("F8", "F401", "os"),
        ("F8", "ASYNC251", "time.sleep"),
        ("Shift+F8", "F401", "os"),
    ]:
        bench.editor.press(key)
        expect(tooltip).to_contain_text(code)
        assert code in announced.evaluate("announced => announced.said.at(-1)")
        assert bench.editor.evaluate("() => getSelection().toString()") == selected


def test_control_shift_m_leads_to_the_list(bench: Block) -> None:
    """From the code the keyboard leads to the list, and from there to the place of a finding."""
    bench.editor.press("Control+Shift+M")
    first = bench.findings.get_by_role("button").first
    expect(first).to_be_focused()
    first.press("Enter")
    expect(bench.editor).to_be_focused()


def test_an_edit_takes_the_tooltip_away(bench: Block, tooltip: Locator) -> None:
    """What is said of the code goes with the code; Undo does not bring it back."""
    bench.editor.press("Control+Home")
    bench.editor.press("F8")
    expect(tooltip).to_be_visible()
    bench.editor.press("x")
    expect(tooltip).to_have_count(0)
    expect(bench.marks).to_have_count(0)
    bench.editor.press("Control+z")
    expect(bench.marks).to_have_count(0)
