"""The editor by keyboard, by touch, while it is fetched, and where it cannot be."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from .driver import Block, missing, opened
from .page import Example, Site
from .test_editing import HELLO, edited

IF = Example("if True:\n    print('yes')\n", "yes\n")


def test_it_is_fetched_on_edit(page: Page, site: Site) -> None:
    """Reading and running a page costs nothing of the editor."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    block = opened(page, site, HELLO)
    block.run_until("done")
    assert not [url for url in asked if "editor" in url]
    with page.expect_request(re.compile("editor.js")):
        block.button("Edit").click()


def test_while_it_is_fetched_the_block_works(page: Page, site: Site) -> None:
    """The block says what it waits for, and runs meanwhile."""
    block = opened(page, site, HELLO)
    waiting = edit_and_wait(page, block)
    code = block.root.locator(".pp-code")
    expect(code).to_have_attribute("aria-busy", "true")
    assert "Loading" in code.evaluate("code => getComputedStyle(code, '::after').content")
    block.run_until("done")
    waiting[0].continue_()
    expect(code).not_to_have_attribute("aria-busy", "true")
    expect(block.editor).to_be_visible()


def test_it_takes_no_focus_from_what_the_reader_does_meanwhile(page: Page, site: Site) -> None:
    """It is focused when it opens, unless the reader has turned to something else, a menu for example."""
    block = opened(page, site, HELLO)
    waiting = edit_and_wait(page, block)
    share = block.menu_item("Share")
    waiting[0].continue_()
    expect(block.editor).to_be_visible()
    expect(share).to_be_visible()
    expect(block.menu).to_be_focused()
    page.reload()
    edit_and_wait(page, block)[0].continue_()
    expect(block.editor).to_be_focused()


def edit_and_wait(page: Page, block: Block) -> list[Route]:
    """Press Edit, and keep the editor from coming until the request that is given back goes on."""
    waiting: list[Route] = []
    page.unroute_all()
    page.route("**/editor.js", lambda route: waiting.append(route))
    with page.expect_request("**/editor.js"):
        block.button("Edit").click()
    expect(block.root.locator(".pp-code")).to_have_attribute("aria-busy", "true")
    return waiting


def test_when_it_cannot_be_fetched_it_says_so(page: Page, site: Site, problems: list[str]) -> None:
    """The reader is told, and Edit works once the network does."""
    block = opened(page, site, HELLO)
    with missing(page, "editor.js*"):
        for _ in range(2):
            with page.expect_response("**/editor.js*"):
                block.button("Edit").click()
            expect(block.notice).to_contain_text("The editor cannot be loaded")
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    expect(block.notice).to_be_empty()
    problems.clear()


def test_tab_is_no_trap(page: Page, site: Site) -> None:
    """Tab leads out of the editor and changes nothing; Control+] indents."""
    block = edited(page, site, "x = 1")
    block.editor.press("Tab")
    expect(block.editor).not_to_be_focused()
    expect(block.editor).to_have_text("x = 1")
    block.editor.focus()
    block.editor.press("Control+]")
    expect(block.editor).to_have_text("    x = 1", use_inner_text=True)


def test_enter_indents(page: Page, site: Site) -> None:
    """After a colon a line begins four spaces further in, and less for `else`."""
    block = edited(page, site, "")
    page.keyboard.type("if 0:\nprint(1)\nelse:\nprint(2)")
    assert block.text == "if 0:\n    print(1)\nelse:\n    print(2)"
    block.editor.press("Control+Enter")
    expect(block.screen).to_have_text("2\n")


def test_undo_and_redo(page: Page, site: Site) -> None:
    """What was typed can be taken back, and taken up again."""
    block = edited(page, site, "x = 1")
    block.editor.press("Control+z")
    assert block.text == "print('hello')"
    block.editor.press("Control+y")
    assert block.text == "x = 1"


def test_brackets_are_matched(page: Page, site: Site) -> None:
    """At a bracket, its other half is marked as well."""
    block = edited(page, site, "print((1))")
    block.editor.press("End")
    expect(block.root.locator(".cm-matchingBracket")).to_have_text(["(", ")"])


PLACES = """numbers => numbers.map((number) => {
  const range = document.createRange(), code = number.closest("code");
  range.selectNodeContents(number);
  const parts = [range, code, code.querySelector(".cm-line")];
  const [text, whole, line] = parts.map((part) => part.getBoundingClientRect());
  return [text.left - whole.left, line.left - text.right];
})"""
"""For each number of a line, how far it is from the edge, and from the code."""


@pytest.mark.parametrize("width", [390, 1300])
def test_lines_have_numbers(page: Page, site: Site, width: int) -> None:
    """Beside each line is its number, as messages cite it: in the padding, up to hundreds."""
    page.set_viewport_size({"width": width, "height": 4000})
    block = edited(page, site, "x = 1\n" * 119 + "x = 2")
    numbers = block.root.locator(".cm-lineNumbers .cm-gutterElement:visible")
    expect(numbers).to_have_text([str(number) for number in range(1, 121)])
    assert min(min(place) for place in numbers.evaluate_all(PLACES)) > 1
    assert numbers.last.evaluate("each => each.getBoundingClientRect().top") == pytest.approx(
        block.editor.locator(".cm-line").last.evaluate("each => each.getBoundingClientRect().top"), abs=1
    )
    block.editor.press("Control+Home")
    page.keyboard.type("\n")
    expect(numbers).to_have_count(121)


def test_numbers_are_not_code(page: Page, site: Site) -> None:
    """They are neither copied nor read aloud, and a click on them is one beside the code."""
    block = edited(page, site, "x = 1\ny = 2")
    block.editor.press("Control+a")
    assert page.evaluate("getSelection().toString()") == "x = 1\ny = 2"
    expect(block.root.locator(".cm-gutters")).to_have_attribute("aria-hidden", "true")
    gutters = block.root.locator(".cm-gutters").evaluate("each => getComputedStyle(each).pointerEvents")
    assert gutters == "none"


def test_typed_code_is_coloured(page: Page, site: Site) -> None:
    """What is typed gets the classes that the page's own code has."""
    block = edited(page, site, "async def f(self): return None  # so")
    for kind, text in {"k": "async", "nf": "f", "bp": "self", "kc": "None", "c1": "# so"}.items():
        expect(block.editor.locator(f".{kind}").first).to_have_text(text)


def test_a_session_is_edited(page: Page, site: Site) -> None:
    """A session with prompts keeps its looks, and runs as one."""
    block = opened(page, site, Example(">>> 1 + 1\n2\n", ">>> 1 + 1\n2\n", language="pycon"))
    block.button("Edit").click()
    expect(block.editor.locator(".gp")).to_have_text(">>> ")
    block.editor.fill(">>> 1 + 2\n3")
    block.run_until("done")
    expect(block.screen).to_have_text(">>> 1 + 2\n3\n")


def test_touch(browser: Browser, site: Site) -> None:
    """On a telephone Edit opens the editor, and a tap on the code, which may be meant to scroll, does not."""
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 800})
    page = context.new_page()
    block = opened(page, site, IF)
    block.root.locator("pre > code").tap()
    expect(block.button("Edit")).to_be_visible()
    block.button("Edit").tap()
    block.editor.tap()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\n    print('more')")
    block.button("Run").tap()
    block.reaches("done")
    expect(block.screen).to_have_text("yes\nmore\n")
    context.close()


def test_what_hides_in_code_is_shown(page: Page, site: Site) -> None:
    """Characters that turn text around, or cannot be seen, stand out."""
    block = edited(page, site, "x = 'a\u202eb\u200bc'")
    expect(block.editor.locator(".cm-specialChar")).to_have_count(2)


def test_the_focus_is_seen(page: Page, site: Site) -> None:
    """A line around the code says that it is being edited."""
    block = edited(page, site, "x = 1")
    block.editor.focus()
    style = block.root.locator(".pp-editor").evaluate("code => getComputedStyle(code).outlineStyle")
    assert style == "solid"


def test_forced_colours(page: Page, site: Site) -> None:
    """Where the reader chooses the colours, text and marks are still there."""
    page.emulate_media(forced_colors="active")
    block = edited(page, site, "1 / 0")
    block.run_until("error")
    mark = block.editor.locator(".pp-mark")
    assert mark.evaluate("mark => getComputedStyle(mark).textDecorationStyle") == "wavy"


def test_a_set_up_is_read_only(page: Page, site: Site) -> None:
    """A hidden set-up can be unfolded and read; it is run by what continues it."""
    block = opened(page, site, Example("x = 1\n", hidden=True))
    expect(block.root.get_by_role("button")).to_have_count(0)
    block.root.get_by_text("Set-up").click()
    expect(block.root.locator("code")).to_be_visible()


def test_blocks_are_edited_side_by_side(page: Page, site: Site) -> None:
    """Each block has its own code; the editor is fetched once."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first = edited(page, site, "print(1)", HELLO)
    page.goto(site.page(HELLO, HELLO))
    first, second = Block(page, 1), Block(page, 2)
    asked.clear()
    for number, block in enumerate((first, second), 1):
        block.button("Edit").click()
        block.editor.fill(f"print({number})")
    assert [first.text, second.text] == ["print(1)", "print(2)"]
    assert len([url for url in asked if "editor.js" in url]) == 1
