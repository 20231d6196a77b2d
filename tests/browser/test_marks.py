"""What is wrong is marked where it is, listed under the code, and gone when the code changes."""

import pytest
from playwright.sync_api import Page, expect

from .driver import opened
from .page import Example, Site
from .test_editing import HELLO, edited


@pytest.mark.parametrize(
    ("source", "marked", "said"),
    [
        ("x = 1\nprint(x / 0)\n", "print(x / 0)", "line 2: division by zero (ZeroDivisionError)"),
        ("def f():\n    raise ValueError('no')\n\nf()", "raise ValueError('no')", "line 2: no (ValueError)"),
        ("x = 1\ny = = 2", "=", "line 2: invalid syntax (SyntaxError)"),
        ("é = '\U0001f40d'; (1 $ 2)", "$", "line 1: invalid syntax (SyntaxError)"),
        ("print(1", "(", "line 1: '(' was never closed (SyntaxError)"),
        ("x = 'abc", "'", "line 1: unterminated string literal"),
        ("for x in y:", ":", "line 1: expected an indented block"),
        ("compile('1 +', 'other', 'exec')", "compile('1 +', 'other', 'exec')", "line 1: invalid syntax"),
        ("def f():\n    f()\nf()", "f()", "line 2: maximum recursion depth exceeded (RecursionError)"),
    ],
)  # fmt: skip
def test_a_failing_run_marks_its_place(page: Page, site: Site, source: str, marked: str, said: str) -> None:
    """The mark is at the line of the exception, and for a syntax error at its column."""
    block = edited(page, site, source)
    block.run_until("error")
    expect(block.marks).to_have_text(marked)
    expect(block.findings).to_contain_text(said)


def test_a_mark_goes_with_the_next_edit(page: Page, site: Site) -> None:
    """What has changed is no longer what failed."""
    block = edited(page, site, "1 / 0")
    block.run_until("error")
    expect(block.marks).to_have_count(1)
    block.editor.press("End")
    page.keyboard.type("1")
    expect(block.marks).to_have_count(0)
    expect(block.findings).to_have_count(0)


def test_a_mark_goes_with_the_next_run(page: Page, site: Site) -> None:
    """While it runs again nothing is known."""
    block = edited(page, site, "import random\nwhile True: pass\n1 / 0")
    block.editor.fill("1 / 0")
    block.run_until("error")
    block.run()
    block.reaches("error")
    expect(block.marks).to_have_count(1)
    block.menu_item("Reset").click()
    expect(block.findings).to_have_count(0)
    block.run_until("done")
    expect(block.marks).to_have_count(0)


def test_code_that_has_changed_since_is_not_marked(page: Page, site: Site) -> None:
    """What is edited while it runs is not what fails in the end."""
    block = edited(page, site, "input()\n1 / 0")
    block.run_until("asking")
    block.editor.fill("x = 1")
    field = block.root.get_by_label("Input for the program")
    field.press("Enter")
    block.reaches("error")
    expect(block.findings).to_have_count(0)
    expect(block.marks).to_have_count(0)


def test_a_recorded_exception_opens_no_editor(page: Page, site: Site) -> None:
    """An example that is to fail fails as before; only code that is being edited is marked."""
    block = opened(page, site, Example("1 / 0\n", error="ZeroDivisionError: division by zero"))
    block.run_until("error")
    expect(block.editor).to_have_count(0)
    expect(block.findings).to_have_count(0)


def test_the_list_leads_to_the_place(page: Page, site: Site) -> None:
    """From a finding in the list, the keyboard leads to the place in the code."""
    block = edited(page, site, "x = 1\n\n    \nprint(x / 0)")
    block.run_until("error")
    line = block.findings.get_by_role("button", name="line 4")
    box = line.bounding_box()
    assert box
    assert box["height"] >= 24
    line.press("Enter")
    expect(block.editor).to_be_focused()
    page.keyboard.type("# ")
    assert block.text.endswith("\n# print(x / 0)")


def test_the_next_block_is_not_marked(page: Page, site: Site) -> None:
    """A finding is shown in its own block only."""
    page.goto(site.page(HELLO, HELLO))
    block = edited(page, site, "1 / 0")
    block.run_until("error")
    expect(page.locator(".pp-problems ul")).to_have_count(1)
