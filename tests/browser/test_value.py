"""The value of the expression that edited code ends in is shown, as in an interactive session."""

import pytest
from playwright.sync_api import Page, expect

from ..sampling import sampled
from .driver import Block, opened
from .page import Example, Site
from .test_editing import HELLO, edited
from .test_sharing import fragment

SHOWN = {
    "a number": ("x = 6\nx * 7", "42"),
    "a text, quoted": ("'a\\n' + \"b\"", "'a\\nb'"),
    "after what was printed": ("print('so', end='')\n[1, 2]", "[1, 2]"),
    "what await gives": ("import asyncio\nawait asyncio.sleep(0, 'slept')", "'slept'"),
    "what a task gives": (
        "import asyncio\ntask = asyncio.create_task(asyncio.sleep(0, 5))\nawait task",
        "5",
    ),
    "what asyncio.run() gives": ("import asyncio\nasync def main(): return 3\nasyncio.run(main())", "3"),
    "several lines": ("class A:\n    def __repr__(self): return 'a\\nb'\nA()", "a\nb"),
    "a repr() that fails": (
        "class A:\n    def __repr__(self): raise KeyError(1)\nA()",
        "<A, whose repr() raises KeyError>",
    ),
    "a long one": ("list(range(10_000))", "\u2026 (58,890 characters)"),
    "nothing": ("None", None),
    "what print() gives": ("print(1)", None),
    "no expression": ("x = 1", None),
    "an expression that is not last": ("1\nx = 2", None),
    "one in a loop": ("for n in range(3):\n    n", None),
    "markup": ("'<img src=x onerror=alert(1)>'", "'<img src=x onerror=alert(1)>'"),
}


def test_values(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """Whatever it is, it is shown after the output, a third at a time, and None is not."""
    page.goto(site.page(*[HELLO] * len(SHOWN)))
    for number, (name, (source, text)) in sampled(list(enumerate(SHOWN.items(), 1)), 3):
        block = Block(page, number)
        with subtests.test(name):
            block.button("Edit").click()
            block.editor.fill(source)
            block.run_until("done")
            value = block.screen.locator("> :last-child.pp-value")
            if text is None:
                expect(value).to_have_count(0)
            else:
                assert str(value.text_content()).endswith(text)
                assert len(str(value.text_content())) < 10_100
    expect(page.locator("img")).to_have_count(0)


def test_it_is_told_from_the_output(page: Page, site: Site) -> None:
    """It has a mark that is read as a word, and is in a line of its own."""
    block = edited(page, site, "print('so', end='')\n7")
    block.run_until("done")
    value = block.screen.locator(".pp-value")
    mark = value.evaluate("value => getComputedStyle(value, '::before').content")
    assert mark == '"\u2192 " / "Value: "'
    assert value.evaluate("value => getComputedStyle(value).display") == "block"
    expect(block.screen).to_have_text("so7")


def test_an_unchanged_block_has_its_recorded_output(page: Page, site: Site) -> None:
    """Only edited code shows a value: the page's own, in the editor or not, shows none."""
    block = opened(page, site, Example("print('hello')\n1 + 1\n", "hello\n"))
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    expect(block.screen).to_have_text("hello\n")
    block.button("Edit").click()
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    expect(block.screen).to_have_text("hello\n")
    block.editor.fill("1 + 1")
    block.run_until("done")
    expect(block.screen.locator(".pp-value")).to_have_text("2")


def test_code_that_came_with_a_link(page: Page, site: Site) -> None:
    """It is edited code too."""
    page.goto(site.page(HELLO) + fragment("2 ** 10"))
    block = Block(page)
    expect(block.editor).to_be_visible()
    block.run_until("done")
    expect(block.screen.locator(".pp-value")).to_have_text("1024")


def test_after_input(page: Page, site: Site) -> None:
    """It comes once, in the run that ends."""
    block = edited(page, site, "n = input()\nn * 2")
    block.run_until("asking")
    field = block.root.get_by_label("Input for the program")
    field.fill("ab")
    field.press("Enter")
    block.reaches("done")
    expect(block.screen).to_have_text("ab\n'abab'")


def test_an_exception_has_no_value(page: Page, site: Site) -> None:
    """The expression is marked as ever."""
    block = edited(page, site, "x = 0\n1 / x")
    block.run_until("error")
    expect(block.screen.locator(".pp-value")).to_have_count(0)
    expect(block.marks).to_have_text("1 / x")


def test_a_session_shows_its_values_itself(page: Page, site: Site) -> None:
    """There is no other after it."""
    block = opened(page, site, Example(">>> 1 + 1\n2\n", ">>> 1 + 1\n2\n", language="pycon"))
    block.button("Edit").click()
    block.editor.fill(">>> 1 + 2\n3")
    block.run_until("done")
    expect(block.screen).to_have_text(">>> 1 + 2\n3\n")
