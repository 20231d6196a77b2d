"""Readers change an example in place, by pointer and by keyboard."""

import pytest
from playwright.sync_api import Page, expect

from .driver import SAME_PLACE, Block, box, in_place, opened
from .page import Example, Site

HELLO = Example("print('hello')\n", "hello\n")
LONG = Example("".join(f"print({n})\n" for n in range(12)), "".join(f"{n}\n" for n in range(12)))


def edited(page: Page, site: Site, source: str, example: Example = HELLO) -> Block:
    """A block whose code has been replaced."""
    block = opened(page, site, example)
    block.button("Edit").click()
    block.editor.fill(source)
    return block


def test_edited_code_runs_without_a_verdict(page: Page, site: Site) -> None:
    """Only the code that the build ran is compared with what the build recorded."""
    block = edited(page, site, "print('bye')")
    block.run_until("done")
    expect(block.screen).to_have_text("bye\n")
    expect(block.status).to_have_text("")


def test_runs_with_what_the_reader_has_made_of_blocks_before(page: Page, site: Site) -> None:
    """A block that continues others runs with their code as it is now, and is then not compared."""
    first, same = Example("x = 1\n"), Example("print(x)\n", "1\n", before=("x = 1\n",))
    last = Example("print(x)\n", "1\n", before=("x = 1\n", "print(x)\n"))
    page.goto(site.page(first, same, last))
    block = Block(page, 3)
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    Block(page, 1).button("Edit").click()
    Block(page, 1).editor.fill("x = 2")
    block.run_until("done")
    expect(block.screen).to_have_text("2\n")
    expect(block.status).not_to_contain_text("recorded")
    Block(page, 1).menu_item("Reset").click()
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_unchanged_code_is_still_compared(page: Page, site: Site) -> None:
    """Opening the editor is no edit."""
    block = edited(page, site, "print('hello')")
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_reset_restores_the_example(page: Page, site: Site) -> None:
    """Code, highlighting, recorded output and state are as they were on opening."""
    block = opened(page, site, HELLO)
    code, output = block.root.locator(".pp-code").inner_html(), block.output.inner_html()
    block.button("Edit").click()
    block.editor.fill("1 / 0")
    block.run_until("error")
    block.menu_item("Reset").click()
    block.reaches("idle")
    assert block.root.locator(".pp-code").inner_html() == code
    assert block.output.inner_html() == output
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_reset_stops_the_program(page: Page, site: Site) -> None:
    """A program that the reader has thrown away does not run on."""
    block = edited(page, site, "while True: pass")
    block.run_until("running")
    block.menu_item("Reset").click()
    block.reaches("idle")
    expect(block.screen).to_have_text("hello\n")


def test_editing_moves_nothing(page: Page, site: Site) -> None:
    """The editor takes exactly the room of the code, and grows with it."""
    block = opened(page, site, LONG)
    before = box(block)
    block.button("Edit").click()
    block.editor.wait_for()
    assert in_place(before, box(block))
    height = block.editor.evaluate("area => area.offsetHeight")
    block.editor.press("Enter")
    line = block.editor.evaluate("area => parseFloat(getComputedStyle(area).lineHeight)")
    grown = block.editor.evaluate("area => area.offsetHeight") - height
    assert grown == pytest.approx(line, abs=SAME_PLACE)


def test_everything_works_by_keyboard(page: Page, site: Site) -> None:
    """Tab goes through, Control+Enter runs, Escape leads to Run; the focus is never lost."""
    block = opened(page, site, HELLO)
    for control in (block.button("Run"), block.menu, block.button("Edit")):
        page.keyboard.press("Tab")
        expect(control).to_be_focused()
    page.keyboard.press("Enter")
    expect(block.editor).to_be_focused()
    page.keyboard.type("# edited\n")
    page.keyboard.press("Control+Enter")
    block.reaches("done")
    expect(block.screen).to_have_text("hello\n")
    expect(block.editor).to_be_focused()
    page.keyboard.press("Escape")
    expect(block.button("Run")).to_be_focused()
    for control in (block.menu, block.editor, block.button("Copy")):
        page.keyboard.press("Tab")
        expect(control).to_be_focused()
    block.menu.focus()
    page.keyboard.press("Enter")
    for name in ("Copy link", "Share", "Types", "Lint", "Reset"):
        page.keyboard.press("Tab")
        expect(block.button(name)).to_be_focused()
    page.keyboard.press("Enter")
    expect(block.menu).to_be_focused()
    expect(block.button("Edit")).to_be_visible()


def test_a_menu_closes(page: Page, site: Site) -> None:
    """Escape closes it and keeps the focus; so does turning to something else."""
    block = opened(page, site, HELLO)
    block.menu.press("Enter")
    block.button("Share").focus()
    page.keyboard.press("Escape")
    expect(block.button("Share")).to_have_count(0)
    expect(block.menu).to_be_focused()
    block.menu.press("Enter")
    block.button("Run").focus()
    expect(block.button("Share")).to_have_count(0)


def test_focus_follows_run_and_stop(page: Page, site: Site) -> None:
    """Stop takes the place of Run, and of its focus; and the other way round."""
    block = opened(page, site, Example("while True: pass\n"))
    block.button("Run").press("Enter")
    expect(block.button("Stop")).to_be_focused()
    block.reaches("running")
    page.keyboard.press("Enter")
    block.reaches("stopped")
    expect(block.button("Run")).to_be_focused()


def test_a_double_click_runs_once(page: Page, site: Site) -> None:
    """The second click, which falls on Stop, is not meant for it."""
    block = opened(page, site, HELLO)
    block.button("Run").dblclick()
    block.reaches("done")


def test_buttons_say_what_they_are_for(page: Page, site: Site) -> None:
    """Each control has a name of its own, and is large enough to hit."""
    block = opened(page, site, HELLO, HELLO)
    for number in (1, 2):
        button = page.get_by_role("button", name=f"Run example {number}", exact=True)
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 24
    block.button("Edit").click()
    expect(page.get_by_role("textbox", name="Code of example 1", exact=True)).to_be_visible()


def test_output_is_announced_once_it_is_live(page: Page, site: Site) -> None:
    """Assistive technology hears of runs, not of what the page was opened with."""
    block = opened(page, site, HELLO)
    assert block.output.get_attribute("aria-live") is None
    block.run_until("done")
    expect(block.output).to_have_attribute("aria-live", "polite")
