"""What is wrong is marked where it is, listed under the code, and gone when the code changes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .driver import Block, opened
from .page import Example, Site
from .test_editing import HELLO, edited


@pytest.fixture(scope="module")
def bench(browser: Browser, site: Site) -> Iterator[Block]:
    """A block that is being edited, on a page whose Python stays from one test to the next."""
    context = browser.new_context()
    yield edited(context.new_page(), site, "")
    context.close()


@pytest.mark.parametrize(
    ("source", "marked", "said"),
    [
        ("x = 1\nprint(x / 0)\n", "x / 0", "line 2: division by zero (ZeroDivisionError)"),
        ("def f():\n    raise ValueError('no')\n\nf()", "raise ValueError('no')", "line 2: no (ValueError)"),
        ("é = '\U0001f40d'; print(é, é.no, 2)", "é.no", "line 1: 'str' object has no attribute 'no'"),
        ("import json\nx = [json.loads('{')]", "json.loads('{')", "line 2: Expecting property name"),
        ("def f():\n    return [n / 0 for n in [1]]\nf()", "n / 0", "line 2: division by zero"),
        ("import asyncio\nasync def f():\n    1 + ''\nawait f()", "1 + ''", "line 3: unsupported operand"),
        ("x = 1\ny = = 2", "=", "line 2: invalid syntax (SyntaxError)"),
        ("é = '\U0001f40d'; (1 $ 2)", "$", "line 1: invalid syntax (SyntaxError)"),
        ("print(1", "(", "line 1: '(' was never closed (SyntaxError)"),
        ("x = 'abc", "'", "line 1: unterminated string literal"),
        ("for x in y:", ":", "line 1: expected an indented block"),
        ("compile('1 +', 'other', 'exec')", "compile('1 +', 'other', 'exec')", "line 1: invalid syntax"),
        ("def f():\n    f()\nf()", "f()", "line 2: maximum recursion depth exceeded (RecursionError)"),
    ],
)  # fmt: skip
def test_a_failing_run_marks_its_place(bench: Block, source: str, marked: str, said: str) -> None:
    """What is marked is the expression that the exception came from, or what Python cannot read."""
    bench.editor.fill(source)
    bench.run_until("error")
    expect(bench.marks).to_have_text(marked)
    expect(bench.findings).to_contain_text(said)


def test_what_is_on_several_lines_is_marked_on_each(page: Page, site: Site) -> None:
    """The mark begins and ends where the expression does."""
    block = edited(page, site, "x = 1\ny = (x, x +\n     ''\n     , x)")
    block.run_until("error")
    expect(block.marks).to_have_text(["x +", "''"])
    expect(block.findings).to_contain_text("line 2: unsupported operand")


@pytest.mark.parametrize("version", ["3.11", "3.15"])
def test_on_every_python(page: Page, site: Site, version: str) -> None:
    """The oldest and the newest say where, too."""
    example = Example("print('hello')\n", "hello\n", versions=(version,))
    block = edited(page, site, "x = [1]; print(x[0], x[1])", example)
    block.run_until("error")
    expect(block.marks).to_have_text("x[1]")


def test_a_session_is_marked_at_its_line(page: Page, site: Site) -> None:
    """Of what differs in it, only that is known."""
    block = edited(page, site, "", Example(">>> 1\n1\n", ">>> 1\n1\n", language="pycon"))
    block.editor.fill(">>> x = 1\n>>> x + 1\n3")
    block.run_until("error")
    expect(block.marks).to_have_text(">>> x + 1")


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
    page.keyboard.type("-")
    assert block.text.endswith("\nprint(-x / 0)")


def test_the_next_block_is_not_marked(page: Page, site: Site) -> None:
    """A finding is shown in its own block only."""
    page.goto(site.page(HELLO, HELLO))
    block = edited(page, site, "1 / 0")
    block.run_until("error")
    expect(page.locator(".pp-problems ul")).to_have_count(1)
