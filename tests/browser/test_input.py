"""Programs that read what the reader types."""

from playwright.sync_api import Page, expect

from .driver import Block, opened
from .page import Example, Site

LINES = "import sys\n\nprint(sorted(line.strip() for line in sys.stdin))\n"


def answer(block: Block, text: str) -> None:
    """Type a line, once the program asks."""
    block.reaches("asking")
    field = block.root.get_by_label("Input for the program")
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Enter")


def test_input_asks_the_reader(page: Page, site: Site) -> None:
    """Each input() waits for a line, and what was said is shown once."""
    source = 'name = input("Name? ")\nplace = input("Place? ")\nprint(f"{name} of {place}")\n'
    block = opened(page, site, Example(source))
    block.run()
    answer(block, "Ada")
    expect(block.screen).to_contain_text("Name? Ada\nPlace? ")
    answer(block, "London")
    block.reaches("done")
    expect(block.screen).to_have_text("Name? Ada\nPlace? London\nAda of London\n")
    expect(block.button("Run")).to_be_visible()
    block.run()
    answer(block, "Grace")
    block.button("Stop").click()
    block.reaches("stopped")
    expect(block.root.get_by_label("Input for the program")).to_have_count(0)


def test_the_same_numbers_are_drawn_after_an_answer(page: Page, site: Site) -> None:
    """A program that draws a number, asks, and tells it, tells the one that it drew."""
    source = "import random\n\nnumber = random.random()\nprint(number)\ninput()\nprint(number)\n"
    block = opened(page, site, Example(source))
    block.run()
    answer(block, "go")
    block.reaches("done")
    first, _, second = block.screen.inner_text().split()
    assert first == second


def test_input_ends(page: Page, site: Site) -> None:
    """Whoever reads all of the input gets its end."""
    block = opened(page, site, Example(LINES))
    block.run()
    answer(block, "pear")
    answer(block, "apple")
    block.reaches("asking")
    block.button("End of input").click()
    block.reaches("done")
    expect(block.screen).to_contain_text("['apple', 'pear']")


def test_input_at_its_end_is_an_exception(page: Page, site: Site) -> None:
    """As on a terminal, input() then raises EOFError."""
    block = opened(page, site, Example("input('Name? ')\n"))
    block.run()
    block.reaches("asking")
    block.button("End of input").click()
    block.reaches("error")
    expect(block.screen).to_contain_text("EOFError")


def test_input_is_text(page: Page, site: Site) -> None:
    """What the reader types is shown as it is."""
    block = opened(page, site, Example("print(input())\n"))
    block.run()
    answer(block, "<img src=x>")
    block.reaches("done")
    expect(block.screen).to_have_text("<img src=x>\n<img src=x>\n")
    expect(page.locator("img")).to_have_count(0)
