"""axe-core finds nothing on any kind of page, in any state of a block, and everything can be reached."""

from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from ..sampling import sampled
from .test_site import preferred

RULE = "async/timeouts/"
KINDS = ("", "async/", RULE, "verification/", "exports/", "tools/", "404.html")
Scheme = Literal["light", "dark"]

LOOKS = pytest.mark.parametrize(("scheme", "width"), sampled([*product(("light", "dark"), (1300, 390))], 4))
"""A scheme and a width at a time."""


def look(page: Page, scheme: Scheme, width: int) -> None:
    """Look at the site with a palette, at a width."""
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})


def violations(page: Page, axe: str, within: str = "html") -> list[str]:
    """What axe-core finds in a part of the page: rule, place and reason."""
    if page.evaluate("!globalThis.axe"):
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
    """A block that is done, open, in error, edited, running, stopped and reset; the page around it stays."""
    look(page, scheme, width)
    page.goto(built + RULE)
    block = preferred(page)
    within = f"#{block.root.get_attribute('id')}"
    block.run_until("done")
    assert violations(page, axe, within) == []
    block.button("Edit").click()
    block.editor.wait_for()
    assert violations(page, axe, within) == []
    block.editor.fill("print('long ' * 100)\nraise ExceptionGroup('several', [OSError('one')])")
    block.run_until("error")
    assert violations(page, axe, within) == []
    block.editor.fill("for n in range(100):\n    print('long ' * 100)\nwhile True:\n    pass")
    assert violations(page, axe, within) == []
    block.run_until("running")
    expect(block.screen).to_contain_text("long")
    assert violations(page, axe, within) == []
    block.button("Stop").click()
    assert violations(page, axe, within) == []
    block.editor.fill("print(1)")
    block.run_until("done")
    assert violations(page, axe, within) == []
    block.menu_item("Reset").click()
    expect(block.notice.get_by_role("button", name="Undo")).to_be_visible()
    assert violations(page, axe, within) == []


@LOOKS
def test_what_opens(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """A rule whose other side is chosen, and each of whose menus is opened."""
    look(page, scheme, width)
    page.goto(f"{built}{RULE}#avoid")
    for summary in page.locator(":is(.pp-menu, .pp-verified) > summary:visible").all():
        summary.click()
        assert violations(page, axe) == []


def test_buttons_of_plain_code(page: Page, built: str) -> None:
    """The theme's <nav> around the buttons of plain code is no landmark: it has no name."""
    page.goto(f"{built}typing/type-checking-imports/")
    page.mouse.wheel(0, 100_000)
    expect(page.locator("nav.md-code__nav").first).to_be_attached()
    expect(page.locator("nav.md-code__nav:not([role=none])")).to_have_count(0)


SMALL = """() => [...document.querySelectorAll(
  "a[href], button, input, label, summary, textarea, [tabindex]:not([tabindex='-1']), [role=button]"
)].filter((element) => {
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  const inText = element.matches("p a, li a, dd a, td a") && getComputedStyle(element).display === "inline";
  const pressed = element.matches("label > [type=checkbox]") ? element.parentElement : element;
  const { width, height } = pressed.getBoundingClientRect();
  return !inText && width > 1 && height > 1 && (width < 24 || height < 24);
}).map((element) => {
  const { width, height } = element.getBoundingClientRect();
  return `${element.outerHTML.slice(0, 120)} ${Math.round(width)}x${Math.round(height)}`;
})"""


@pytest.mark.parametrize("kind", KINDS)
def test_targets(page: Page, built: str, kind: str) -> None:
    """Whatever can be pressed is 24 pixels wide and high, but links within sentences."""
    page.goto(built + kind)
    for width in (1300, 390):
        look(page, "light", width)
        assert page.evaluate(SMALL) == []


def test_by_keyboard_alone(page: Page, built: str) -> None:
    """From the skip link through Run, Stop and Edit to the output that scrolls, and on."""
    page.goto(built + RULE)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    block = preferred(page)
    tab_to(page, block.button("Edit"), 40)
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
    block.screen.evaluate("(screen) => (screen.scrollTop = 0)")
    tab_to(page, block.screen, 6)
    page.keyboard.press("End")
    page.wait_for_function("() => document.querySelector('.pp-screen').scrollTop > 0")


def tab_to(page: Page, target: Locator, most: int) -> None:
    """Press Tab until an element has the focus."""
    for _ in range(most):
        if target.evaluate("(element) => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(target).to_be_focused()


def test_nothing_moves_for_who_asks_for_that(page: Page, built: str) -> None:
    """With reduced motion, no animation or transition lasts."""
    look(page, "light", 1300)
    page.goto(built + RULE)
    preferred(page).run_until("done")
    lasting = page.evaluate(
        "[...document.querySelectorAll('*')].flatMap((each) => each.getAnimations())"
        ".filter((each) => each.effect.getComputedTiming().duration > 1).length"
    )
    assert lasting == 0


def test_forced_colours(browser: Browser, built: str) -> None:
    """With the system's own colours, buttons have edges and Avoid differs from Prefer."""
    context = browser.new_context(forced_colors="active")
    page = context.new_page()
    page.goto(built + RULE)
    style = (
        "(element) => { const s = getComputedStyle(element); return [s.borderTopStyle, s.borderTopWidth]; }"
    )
    border, width = preferred(page).button("Run").evaluate(style)
    assert border == "solid"
    assert float(width.removesuffix("px")) >= 1
    edges = {
        side: page.locator(f".pp-side[data-side={side}] .pp-main").evaluate(
            "(element) => getComputedStyle(element).borderLeftStyle"
        )
        for side in ("avoid", "prefer")
    }
    assert edges == {"avoid": "dashed", "prefer": "solid"}
    context.close()


def test_the_chosen_tab_in_forced_colours(browser: Browser, built: str) -> None:
    """With the system's own colours, the tab that is chosen looks unlike the other."""
    with browser.new_context(forced_colors="active") as context:
        page = context.new_page()
        page.goto(built + RULE)
        drawn = """(tab) => {
          const s = getComputedStyle(tab), page = getComputedStyle(document.body).backgroundColor;
          const filled = !s.backgroundColor.endsWith(", 0)") && s.backgroundColor !== page;
          return [filled, s.borderBottomColor, s.borderBottomStyle, s.borderBottomWidth, s.borderTopColor,
            s.borderTopStyle, s.color, s.fontWeight, s.outlineStyle, s.textDecorationLine];
        }"""
        chosen, other = (page.get_by_role("tab", selected=selected) for selected in (True, False))
        assert chosen.evaluate(drawn) != other.evaluate(drawn)
