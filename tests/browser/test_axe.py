"""axe-core finds nothing on any kind of page, in any state of a block, and everything can be reached."""

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from proven.project import Project

from ..sampling import SHARE
from .driver import Block

RULE = "async/timeouts/"
KINDS = ("", "async/", RULE, "verification/", "exports/", "tools/", "404.html")
Scheme = Literal["light", "dark"]

LOOKS = pytest.mark.parametrize(
    ("scheme", "width"),
    [("light", 1300), ("dark", 390), *([("light", 390), ("dark", 1300)] if SHARE == 1 else [])],
)
"""Each scheme and each width; all pairs of them with PROVEN_ALL."""


def look(page: Page, scheme: Scheme, width: int) -> None:
    """Look at the site with a palette, at a width."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})


@pytest.fixture
def axe(tools: Project) -> str:
    """The source of axe-core."""
    return (tools.modules / "axe-core" / "axe.min.js").read_text("utf-8")


def violations(page: Page, axe: str, within: str = "html") -> list[str]:
    """What axe-core finds in a part of the page: rule, place and reason."""
    page.evaluate(axe)  # the debugger may, whatever the page's policy says
    run = "(within) => axe.run(within, { resultTypes: ['violations'] })"
    result: dict[str, Any] = page.evaluate(run, within)
    return [
        f"{violation['id']} {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


@LOOKS
@pytest.mark.parametrize("kind", KINDS)
def test_pages(page: Page, built: str, axe: str, kind: str, scheme: Scheme, width: int) -> None:
    """Each kind of page, light and dark, wide and narrow."""
    look(page, scheme, width)
    page.goto(built + kind)
    assert violations(page, axe) == []


@LOOKS
def test_search(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """A page with its search open."""
    look(page, scheme, width)
    page.goto(built)
    page.keyboard.press("/")
    page.keyboard.type("timeout")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert violations(page, axe) == []


@LOOKS
def test_states_of_a_block(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """A block that is done, edited, running, stopped and in error; the page around it stays as it was."""
    look(page, scheme, width)
    page.goto(built + RULE)
    block = Block(page)
    block.run_until("done")
    assert violations(page, axe, "#block-1") == []
    block.button("Edit").click()
    block.editor.wait_for()
    assert violations(page, axe, "#block-1") == []
    block.editor.fill("for n in range(100):\n    print('long ' * 100)\nwhile True:\n    pass")
    block.run_until("running")
    expect(block.screen).to_contain_text("long")
    assert violations(page, axe, "#block-1") == []
    block.button("Stop").click()
    assert violations(page, axe, "#block-1") == []
    block.editor.fill("1 / 0")
    block.run_until("error")
    assert violations(page, axe, "#block-1") == []


SMALL = """() => [...document.querySelectorAll(
  "a[href], button, input, label, summary, textarea, [tabindex]:not([tabindex='-1']), [role=button]"
)].filter((element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const inText = element.matches("p a, li a, dd a, td a") && getComputedStyle(element).display === "inline";
  const { width, height } = element.getBoundingClientRect();
  return !inText && width > 1 && height > 1 && (width < 24 || height < 24);
}).map((element) => {
  const { width, height } = element.getBoundingClientRect();
  return `${element.outerHTML.slice(0, 120)} ${Math.round(width)}x${Math.round(height)}`;
})"""


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize("kind", KINDS)
def test_targets(page: Page, built: str, kind: str, width: int) -> None:
    """Whatever can be pressed is 24 pixels wide and high, but links within sentences."""
    look(page, "light", width)
    page.goto(built + kind)
    assert page.evaluate(SMALL) == []


def test_by_keyboard_alone(page: Page, built: str) -> None:
    """From the skip link through Run, Stop and Edit to the output that scrolls, and on."""
    page.goto(built + RULE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    block = Block(page)
    for _ in range(40):
        if block.button("Edit").evaluate("(element) => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(block.button("Edit")).to_be_focused()
    page.keyboard.press("Enter")
    expect(block.editor).to_be_focused()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.insert_text("for n in range(100):\n    print('x' * 300)\nwhile True:\n    pass")
    page.keyboard.press("ControlOrMeta+Enter")
    block.reaches("running")
    expect(block.screen).to_contain_text("x")  # there is something to scroll to
    page.keyboard.press("Escape")
    expect(block.button("Stop")).to_be_focused()
    page.keyboard.press("Enter")
    block.reaches("stopped")
    expect(block.button("Run")).to_be_focused()
    assert block.output.get_attribute("aria-live") == "polite"
    for _ in range(4):
        page.keyboard.press("Tab")
        if block.screen.evaluate("(element) => element === document.activeElement"):
            break
    expect(block.screen).to_be_focused()
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('#block-1 .pp-screen').scrollTop > 0")


def test_nothing_moves_for_who_asks_for_that(page: Page, built: str) -> None:
    """With reduced motion, no animation or transition lasts."""
    look(page, "light", 1300)
    page.goto(built + RULE)
    Block(page).run_until("done")
    lasting = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap((each) => each.getAnimations())"
        ".filter((each) => each.effect.getComputedTiming().duration > 1).length"
    )
    assert lasting == 0


def test_forced_colours(browser: Browser, built: str, axe: str) -> None:
    """With the system's own colours, buttons have edges and Avoid differs from Prefer."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(built + RULE)
    style = (
        "(element) => { const s = getComputedStyle(element); return [s.borderTopStyle, s.borderTopWidth]; }"
    )
    border, width = Block(page).button("Run").evaluate(style)
    assert border == "solid"
    assert float(width.removesuffix("px")) >= 1
    edges = {
        role: page.locator(f".pp-block[data-role={role}]").first.evaluate(
            "(element) => getComputedStyle(element).borderLeftStyle"
        )
        for role in ("avoid", "prefer")
    }
    assert edges == {"avoid": "dashed", "prefer": "solid"}
    context.close()
