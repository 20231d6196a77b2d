"""Readers measure in their browser what the page has measured, with their own version of the code."""

import pytest
from playwright.sync_api import Locator, Page, expect

from proven.model import Measure, Measurement, Ratio
from proven.render.measured import measured_html

from .driver import Block, requested
from .page import Example, Site

CODE = """\
def scanned(names):
    return "nobody" in names


def looked_up(names):
    return "nobody" in dict.fromkeys(names)


def prepare(size):
    return [str(number) for number in range(size)]


print("ready")
"""
SIZES = (10, 100, 1000)


def measured(sizes: tuple[int, ...] = SIZES) -> str:
    """What the build writes of a measurement."""
    measure = Measure.parse("scanned faster than looked_up", " ".join(map(str, sizes)))
    run = {name: {size: Ratio(size / 10, 0.01) for size in sizes} for name in measure.functions}
    return measured_html(measure, Measurement("2026-11-29", "a machine", "pyperf 1", {"3.13.0": run}), 1)


def figure(page: Page, site: Site, code: str = CODE, sizes: tuple[int, ...] = SIZES) -> Locator:
    """Open a page with an example and what was measured of it."""
    page.goto(site.page(Example(code, "ready\n", after=measured(sizes))))
    return page.locator(".pp-measured")


def test_measures(page: Page, site: Site) -> None:
    """Each function is measured at each size, into the table and the plot; again, anew."""
    shown = figure(page, site)
    expect(shown).to_contain_text("In a browser Python is WebAssembly")
    for _ in range(2):
        shown.get_by_role("button", name="Measure here").click()
        expect(shown.get_by_role("button", name="Stop")).to_be_visible()
        expect(shown.get_by_role("status")).to_have_text("Measured on Python 3.14: the squares in the plot.")
        rows = shown.locator("tbody.pp-here tr")
        assert [row.locator("th").last.inner_text() for row in rows.all()] == ["10", "100", "1,000"]
        cells = shown.locator("tbody.pp-here td").all_inner_texts()
        assert len(cells) == 6
        assert cells[0].startswith("1.00 ± ")
        assert shown.locator("svg .pp-here rect").count() == 6
        expect(shown.get_by_role("button", name="Measure here")).to_be_focused()


def test_what_is_further_down_waits(page: Page, site: Site) -> None:
    """What measures is fetched when the reader gets near, not with the page."""
    asked = requested(page, "/assets/runner/measured")
    page.goto(site.page(Example(CODE, "ready\n", after="<p>Further down.</p>" * 200 + measured())))
    expect(Block(page, 1).button("Run")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.locator(".pp-measured").scroll_into_view_if_needed()
    expect(page.get_by_role("button", name="Measure here")).to_be_visible()
    assert asked == ["measured.js"]


TURNS = """\
turns = []


def take(name):
    if turns[-1:] != [name]:
        turns.append(name)
    assert len(turns) < 5, " ".join(turns)


def scanned(names):
    take("scanned")


def looked_up(names):
    take("looked_up")


def prepare(size):
    return []


print("ready")
"""


def test_in_rounds(page: Page, site: Site) -> None:
    """The functions take turns at each size, so that all suffer alike from what slows a browser down."""
    shown = figure(page, site, TURNS, sizes=(10,))
    shown.get_by_role("button", name="Measure here").click()
    told = "It could not be measured: AssertionError: scanned looked_up scanned looked_up scanned"
    expect(shown.get_by_role("status")).to_have_text(told)


def test_one_size(page: Page, site: Site) -> None:
    """Without a plot there is the table."""
    shown = figure(page, site, sizes=(10,))
    shown.get_by_role("button", name="Measure here").click()
    expect(shown.get_by_role("status")).to_have_text("Measured on Python 3.14.")
    assert len(shown.locator("tbody.pp-here td").all_inner_texts()) == 2


def test_stop(page: Page, site: Site) -> None:
    """Stop ends it and leaves what is there; so does a run of the example."""
    endless = CODE.replace('return "nobody" in dict.fromkeys(names)', "while True: pass")
    shown = figure(page, site, endless)
    button = shown.locator("button")
    button.click()
    expect(shown.locator("tbody.pp-here td").first).to_contain_text("1.00 ± ")
    expect(shown.get_by_role("progressbar")).to_have_attribute("value", "1")
    button.click()
    expect(shown.get_by_role("status")).to_have_text("Stopped.")
    button.click()
    expect(shown.locator("tbody.pp-here td").first).to_contain_text("1.00 ± ")
    Block(page, 1).run_until("done")
    expect(shown.get_by_role("status")).to_have_text("Stopped.")
    expect(shown.locator("button")).to_have_text("Measure here")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (CODE.replace("def prepare", "def prepared"), "NameError: name 'prepare' is not defined"),
        (CODE.replace("in names", "in 1 / 0"), "ZeroDivisionError: division by zero"),
        (CODE.replace("return [", "return input() or ["), "EOFError: EOF when reading a line"),
    ],
)
def test_edited(page: Page, site: Site, code: str, said: str) -> None:
    """The code is measured as the reader has left it; what fails is told."""
    shown = figure(page, site)
    block = Block(page, 1)
    block.button("Edit").click()
    block.editor.fill(code)
    shown.get_by_role("button", name="Measure here").click()
    expect(shown.get_by_role("status")).to_have_text(f"It could not be measured: {said}")
    expect(shown.locator("button")).to_have_text("Measure here")
