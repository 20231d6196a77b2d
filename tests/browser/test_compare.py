"""A rule's comparison of Avoid with Prefer, and what is folded below it."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from .driver import Block
from .test_site import block_of

RULE = "async/timeouts/"
EXCEPTION = "#PX010-EX2"
CASE = "a-timeouterror-from-the-body-leaves-expired-false"
"""A part of Prefer, which is folded as a further case."""

SIDES = ("avoid", "prefer")
NARROW, WIDE = 1499, 1500


def tab(page: Page, name: str) -> Locator:
    """A tab of the comparison."""
    return page.get_by_role("tab", name=name)


def code(page: Page, side: str) -> Locator:
    """The head and the code of a side."""
    return page.locator(f".pp-side[data-side={side}] .pp-main")


def shows(page: Page, *sides: str) -> None:
    """Of these sides there is code to be seen, and of no other; of both there are outputs."""
    for side in SIDES:
        expect(code(page, side)).to_be_visible(visible=side in sides)
        expect(page.locator(f".pp-side[data-side={side}] .pp-output")).to_be_visible()


def is_below(upper: Locator, lower: Locator) -> bool:
    """Whether one begins where the other has ended."""
    above, below = upper.bounding_box(), lower.bounding_box()
    assert above
    assert below
    return below["y"] >= above["y"] + above["height"] - 1


def fold(page: Page, heading: str) -> Locator:
    """What is folded under a heading, by its address."""
    return page.locator(f"details.pp-fold:has(> summary > #{heading})")


def test_tabs(page: Page, built: str) -> None:
    """Prefer is shown first; a click shows the other side, and the address leads there, Back elsewhere."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.goto(built)
    page.goto(built + RULE)
    shows(page, "prefer")
    expect(tab(page, "Prefer")).to_have_attribute("aria-selected", "true")
    tab(page, "Avoid").click()
    shows(page, "avoid")
    expect(page).to_have_url(f"{built}{RULE}#avoid")
    expect(tab(page, "Avoid")).to_have_attribute("aria-selected", "true")
    page.reload()
    shows(page, "avoid")
    tab(page, "Prefer").click()
    shows(page, "prefer")
    expect(page).to_have_url(f"{built}{RULE}#prefer")
    page.go_back()
    expect(page).to_have_url(built)


def test_tabs_by_keyboard(page: Page, built: str) -> None:
    """One tab is in the order of the keyboard; arrows, Home and End lead to the others, and show them."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.goto(built + RULE)
    tab(page, "Prefer").focus()
    for key, name in (("ArrowLeft", "Avoid"), ("ArrowLeft", "Prefer"), ("Home", "Avoid"), ("End", "Prefer")):
        page.keyboard.press(key)
        expect(tab(page, name)).to_be_focused()
        shows(page, name.lower())
        expect(page).to_have_url(f"{built}{RULE}#{name.lower()}")
    page.keyboard.press("ArrowRight")
    shows(page, "avoid")
    page.keyboard.press("Tab")
    expect(tab(page, "Prefer")).not_to_be_focused()
    assert code(page, "avoid").evaluate("(main) => main.contains(document.activeElement)")


@pytest.mark.parametrize("width", [390, NARROW])
def test_an_address_leads_to_its_side(page: Page, built: str, width: int) -> None:
    """What an address leads to is shown, whichever side it is on, from outside and within the page."""
    page.set_viewport_size({"width": width, "height": 900})
    block = "#block-2"
    for fragment in ("#avoid", block):
        page.goto(built)
        page.goto(built + RULE + fragment)
        shows(page, "avoid")
        expect(code(page, "avoid")).to_be_in_viewport()
    page.evaluate("location.hash = '#prefer'")
    shows(page, "prefer")
    page.evaluate(f"location.hash = '{block}'")
    shows(page, "avoid")
    expect(page.locator(block)).to_be_in_viewport()


def test_an_address_shows_the_tabs(page: Page, built: str) -> None:
    """Who comes by the address of a side sees which side it is: the header does not lie on the tabs."""
    page.set_viewport_size({"width": NARROW, "height": 900})
    for side in SIDES:
        page.goto(built)
        page.goto(f"{built}{RULE}#{side}")
        expect(page.locator(".pp-tabs")).to_be_in_viewport()
        assert is_below(page.locator(".md-header"), page.locator(".pp-tabs"))


def test_both_sides_where_there_is_room(page: Page, built: str) -> None:
    """From 1500 pixels both are shown beside each other, each with its word, and no tabs."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.goto(built + RULE)
    shows(page, *SIDES)
    expect(page.locator(".pp-tabs")).to_be_hidden()
    assert not is_below(code(page, "avoid"), code(page, "prefer"))
    for side in SIDES:
        expect(code(page, side).locator(".pp-label")).to_have_text(side.capitalize())
        expect(code(page, side).locator(".pp-label")).to_be_visible()
    page.set_viewport_size({"width": NARROW, "height": 900})
    shows(page, "prefer")


@pytest.mark.parametrize("width", [700, WIDE])
def test_outputs_can_be_compared(page: Page, built: str, width: int) -> None:
    """Both outputs stand beside each other, below the code, and each says whose it is."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(built + RULE)
    outputs = {side: page.locator(f".pp-side[data-side={side}] .pp-output") for side in SIDES}
    boxes = [outputs[side].bounding_box() for side in SIDES]
    assert boxes[0]
    assert boxes[1]
    assert boxes[0]["y"] == pytest.approx(boxes[1]["y"], abs=1)
    assert boxes[0]["x"] + boxes[0]["width"] <= boxes[1]["x"] + 1
    for side, output in outputs.items():
        assert is_below(code(page, "prefer"), output)
        title = output.locator(".pp-output-title")
        assert side.capitalize() in title.evaluate("(title) => getComputedStyle(title, '::before').content")


def test_without_javascript(browser: Browser, built: str) -> None:
    """Avoid and Prefer stand one below the other, each with its word and its output, and no tabs."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(built + RULE)
        stacked(page)


def test_on_paper(page: Page, built: str) -> None:
    """So they do on paper, whichever was chosen on the screen."""
    page.goto(f"{built}{RULE}#avoid")
    page.emulate_media(media="print")
    stacked(page)


def stacked(page: Page) -> None:
    """Both sides are shown, Prefer below what Avoid prints."""
    shows(page, *SIDES)
    expect(page.locator(".pp-tabs")).to_be_hidden()
    assert is_below(page.locator(".pp-side[data-side=avoid] .pp-output"), code(page, "prefer"))
    for side in SIDES:
        expect(code(page, side).locator(".pp-label")).to_be_visible()
        expect(code(page, side).locator(".pp-label")).to_have_text(side.capitalize())


def test_lines_that_differ(page: Page, built: str) -> None:
    """Lines that only one side has are marked on it by a sign, in the editor too, until they are edited."""
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.goto(built + RULE)
    lines = "(all) => all.map((line) => line.textContent.trimEnd())"
    whole = {side: code(page, side).locator("code").text_content() or "" for side in SIDES}
    for side, other, sign in (("avoid", "prefer", "\u2212"), ("prefer", "avoid", "+")):
        marked = code(page, side).locator(".hll")
        texts = marked.evaluate_all(lines)
        assert texts
        assert not {*texts} & {*whole[other].splitlines()} - {""}
        assert sign in marked.first.evaluate("(line) => getComputedStyle(line, '::before').content")
        block = block_of(page, f"[data-role={side}]")
        block.button("Edit").click()
        block.editor.wait_for()
        assert marked.evaluate_all(lines) == texts
        page.keyboard.insert_text("#")
        expect(marked).to_have_count(0)


def test_a_fold_opens_by_its_heading(page: Page, built: str) -> None:
    """A further case is folded until its heading is pressed, and then its block runs."""
    page.goto(built + RULE)
    folded = fold(page, CASE)
    inside = folded.locator(".pp-block")
    expect(inside).to_be_hidden()
    expect(inside.locator(".pp-action")).to_have_count(0)
    folded.locator("summary").first.click(position={"x": 4, "y": 12})
    expect(inside).to_be_visible()
    expect(inside.get_by_role("button", name=re.compile("^Run"))).to_be_visible()


@pytest.mark.parametrize("target", [f"#{CASE}", "#block-6", "#versions", "#block-8"])
def test_a_fold_opens_for_an_address(page: Page, built: str, target: str) -> None:
    """What is folded is opened and shown to who comes by its address, from outside and within the page."""
    page.goto(built)
    page.goto(built + RULE + target)
    expect(page.locator(target)).to_be_in_viewport()
    expect(page.locator(".pp-fold[open]")).to_have_count(1)
    page.goto(f"{built}{RULE}#why")
    page.locator(".pp-fold[open]").evaluate_all("(all) => all.forEach((fold) => (fold.open = false))")
    page.evaluate(f"location.hash = '{target}'")
    expect(page.locator(target)).to_be_in_viewport()


def test_a_fold_opens_for_what_is_searched(page: Page, built: str) -> None:
    """A link from the search opens what it has found, and no more."""
    page.goto(f"{built}{RULE}?h=etimedout")
    expect(page.locator("mark").first).to_be_visible()
    expect(fold(page, CASE)).to_have_attribute("open", "")
    expect(fold(page, "versions")).not_to_have_attribute("open", "")


def test_a_link_to_code_that_is_folded(page: Page, built: str) -> None:
    """Who shares a block that is folded leads others to it, and it can be run there."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{built}{RULE}{EXCEPTION}")
    exception = page.locator("li", has=page.locator(EXCEPTION))
    expect(exception.locator(".pp-block")).to_be_hidden()
    exception.locator("details > summary").first.click(position={"x": 4, "y": 8})
    block = Block(page, 9)
    share = block.menu_item("Share")
    share.click()
    expect(share).to_have_text("Copied")
    page.goto(built)
    page.goto(str(page.evaluate("navigator.clipboard.readText()")))
    expect(block.root).to_be_in_viewport()
    expect(block.button("Run")).to_be_visible()


def test_folds_on_paper(page: Page, built: str) -> None:
    """All is opened to be printed, with the buttons left out, and closed again after."""
    page.goto(built + RULE)
    folds = page.locator(".pp-fold")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator(".pp-fold:not([open])")).to_have_count(0)
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".pp-fold[open]")).to_have_count(0)
    page.emulate_media(media="print")
    assert folds.locator(".pp-output:visible").count() == folds.locator(".pp-output").count() > 0
