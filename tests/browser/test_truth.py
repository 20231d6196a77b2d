"""What a block says of itself holds at every moment: its label, and whose output is shown."""

from playwright.sync_api import Page, expect

from .driver import Block, opened
from .page import Example, Site
from .test_editing import HELLO, edited

THREE = Example("print(1)\nprint(2)\nprint(3)\n", "1\n2\n3\n")


def says(block: Block, label: str, output: str) -> None:
    """What is seen: the label, with whether it is verified, and the title of the output."""
    expect(block.root.locator(".pp-head > :is(.pp-label, .pp-verified):visible")).to_contain_text([label])
    expect(block.root.locator(".pp-output-title")).to_have_text(output)
    dimmed = block.root.locator(".pp-output > pre").last.evaluate(
        "pre => getComputedStyle(pre).fontStyle === 'italic'"
    )
    assert dimmed == (output != "Output")


def test_from_the_first_changed_character(page: Page, site: Site) -> None:
    """An edited block is neither verified nor has it an output; one that is as it was is verified again."""
    block = opened(page, site, HELLO)
    says(block, "Verified", "Output")
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    says(block, "Verified", "Output")
    page.keyboard.type("x")
    says(block, "Edited", "Output of the original")
    page.keyboard.press("Backspace")
    says(block, "Verified", "Output")


def test_the_output_of_a_run_is_of_what_ran(page: Page, site: Site) -> None:
    """After a run the output is that of the edited code, until that is changed."""
    block = edited(page, site, "print('bye')")
    block.run_until("done")
    says(block, "Edited", "Output")
    block.editor.press("End")
    page.keyboard.type(" ")
    says(block, "Edited", "Output before the last change")
    block.editor.fill("print('hello')")
    says(block, "Verified", "Output before the last change")


def test_an_edit_during_a_run(page: Page, site: Site) -> None:
    """What a program prints is not taken for the output of what the code has become meanwhile."""
    block = edited(page, site, "input('name? ')\nprint('bye')")
    block.run_until("asking")
    block.editor.fill("x = 1")
    block.root.get_by_label("Input for the program").press("Enter")
    block.reaches("done")
    says(block, "Edited", "Output before the last change")


def test_reset_is_undone(page: Page, site: Site) -> None:
    """Reset asks nothing, brings all of the example back, and can be taken back."""
    block = edited(page, site, "print('bye')")
    block.run_until("done")
    block.menu_item("Reset").click()
    says(block, "Verified", "Output")
    expect(block.screen).to_have_text("hello\n")
    block.notice.get_by_role("button", name="Undo").click()
    expect(block.editor).to_be_focused()
    assert block.text == "print('bye')"
    says(block, "Edited", "Output of the original")
    page.reload()
    expect(block.notice).to_contain_text("your edit from before")


def test_nothing_to_reset(page: Page, site: Site) -> None:
    """Reset is offered where something was changed."""
    block = opened(page, site, HELLO)
    expect(block.menu_item("Share")).to_be_visible()
    expect(block.menu_item("Reset")).to_be_hidden()


def test_a_click_into_the_code_opens_it_there(page: Page, site: Site) -> None:
    """The cursor is where the reader has clicked."""
    block = opened(page, site, THREE)
    code = block.root.locator("pre > code")
    line = code.evaluate("code => parseFloat(getComputedStyle(code).lineHeight)")
    code.click(position={"x": 400, "y": 10 + 1.5 * line})
    expect(block.editor).to_be_focused()
    page.keyboard.type("  # two")
    assert block.text == "print(1)\nprint(2)  # two\nprint(3)"


def test_selected_code_can_be_copied(page: Page, site: Site) -> None:
    """Who selects code with the pointer does not mean to change it."""
    block = opened(page, site, THREE)
    code = block.root.locator("pre > code")
    box = code.bounding_box()
    assert box
    page.mouse.move(box["x"] + 18, box["y"] + 18)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()")
    expect(block.button("Edit")).to_be_visible()
    expect(block.editor).to_have_count(0)


def test_typing_opens_it(page: Page, site: Site) -> None:
    """What is typed while something in the code has the focus goes into the editor, all of it."""
    block = opened(page, site, HELLO)
    block.button("Copy").focus()
    page.keyboard.type("# so\n")
    expect(block.editor).to_be_focused()
    page.keyboard.type("x = 1; ")
    assert block.text == "# so\nx = 1; print('hello')"
