"""What readers take from a rule: its link, its Markdown, a review comment, a citation."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .driver import Block
from .test_axe import look
from .test_sharing import REFUSED, clipboard

RULE = "async/timeouts/"
TITLE = "Set one deadline for a whole job with asyncio.timeout()"
PREFER = 4
"""The number of its first block under Prefer."""

PUBLIC = "https://example.org/rules/"
IN_MENU = ("a review comment", "a citation in Markdown", "a citation in reST", "this page as Markdown")

Take = Callable[[str], str]


def button(page: Page, what: str) -> Locator:
    """A button that copies, by what it says aloud that it copies."""
    return page.get_by_role("button", name=re.compile(f": copy {re.escape(what)}$"))


def cite(page: Page) -> Locator:
    """What opens the menu."""
    return page.locator(".pp-take .pp-menu > summary")


def pressed(page: Page, what: str) -> Locator:
    """Press a button that copies, in the menu if it is there; the button."""
    menu = page.locator(".pp-take .pp-menu")
    if what in IN_MENU and menu.get_attribute("open") is None:
        cite(page).click()
    button(page, what).click()
    return button(page, what)


@pytest.fixture
def take(page: Page) -> Take:
    """Press a button of the page: what the clipboard has then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def press(what: str) -> str:
        expect(pressed(page, what)).to_have_text("Copied")
        expect(page.get_by_role("status").filter(has_text=f"Copied {what}")).to_be_attached()
        return clipboard(page)

    return press


def publish(page: Page) -> None:
    """Let pages name the address that the site is built for."""

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path.removeprefix("/")
        link = f'<link rel="canonical" href="{PUBLIC}{path}">'
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace("</head>", f"{link}</head>"))

    page.route(re.compile(f"{RULE}(\\?|$)"), answer)


def test_take(page: Page, built: str, take: Take) -> None:
    """Link, comments and citations have the short address that stays, on the site as it is read."""
    page.goto(built + RULE)
    link = f"{built}PX010/"
    assert take("the link to PX010") == link
    comment = take("a review comment")
    assert comment.startswith(f"{TITLE} (PX010). A timeout on each step ")
    assert comment.endswith(f" outside its block. {link}")
    exception = take("a review comment on PX010-EX2")
    assert exception.startswith(
        f"PX010-EX2 applies, an exception to “{TITLE}”. When the work should continue "
    )
    assert exception.endswith(f". {link}#PX010-EX2")
    assert take("a citation in Markdown") == f"[PX010: {TITLE}]({link})"
    assert take("a citation in reST") == f"`PX010: {TITLE} <{link}>`__"


def test_a_published_site(page: Page, built: str, take: Take) -> None:
    """Where the site has a public address, everything that is copied has that one."""
    publish(page)
    page.goto(f"{built}{RULE}?h=deadline#why")
    assert take("the link to PX010") == f"{PUBLIC}PX010/"
    assert take("a review comment on PX010-EX1").endswith(f" {PUBLIC}PX010/#PX010-EX1")
    share = Block(page, PREFER).menu_item("Share")
    share.click()
    expect(share).to_have_text("Copied")
    assert clipboard(page) == f"{PUBLIC}{RULE}#block-{PREFER}"


def test_markdown(page: Page, built: str, problems: list[str], take: Take) -> None:
    """The page as Markdown is what is beside it; where that cannot be had, a sentence says where it is."""
    page.route("**/index.html.md", lambda route: route.fulfill(body="# Rule\n\nText\n"))
    page.goto(built + RULE)
    assert take("this page as Markdown") == "# Rule\n\nText\n"
    page.unroute_all()
    page.route("**/index.html.md", lambda route: route.fulfill(status=404))
    page.reload()
    pressed(page, "this page as Markdown")
    expect(page.locator(".pp-take + .pp-notice")).to_have_text(
        f"The page's Markdown could not be fetched. It is at {built}{RULE}index.html.md"
    )
    problems.clear()  # the browser says of each answer 404 that it is one


def test_refused(page: Page, built: str) -> None:
    """Where the clipboard is refused, the text is there to be copied by hand."""
    page.route("**/index.html.md", lambda route: route.fulfill(body="# Rule\n\nText\n"))
    page.goto(built + RULE)
    page.evaluate(REFUSED)
    field = page.locator(".pp-take + .pp-notice").get_by_role("textbox")
    for what, text in (
        ("the link to PX010", f"{built}PX010/"),
        ("this page as Markdown", "# Rule\n\nText\n"),
    ):
        pressed(page, what)
        expect(field).to_have_value(text)
        expect(field).to_be_focused()
        assert not field.is_editable()
        assert field.evaluate("field => field.selectionEnd - field.selectionStart === field.value.length")


def test_a_second_click(page: Page, built: str, take: Take) -> None:
    """A button that was pressed again while it said Copied gets its own word back."""
    page.clock.install()
    page.goto(built + RULE)
    what = "the link to PX010"
    take(what)
    page.clock.run_for(1000)
    button(page, what).click()
    expect(button(page, what)).to_have_text("Copied")
    page.clock.run_for(3000)
    expect(button(page, what)).to_have_text("Copy link")


def test_by_keyboard(page: Page, built: str, take: Take) -> None:
    """The menu opens, is left with Escape, and closes when the focus goes elsewhere."""
    page.goto(built + RULE)
    button(page, "the link to PX010").focus()
    page.keyboard.press("Tab")
    expect(cite(page)).to_be_focused()
    page.keyboard.press("Enter")
    for what in IN_MENU[:2]:
        page.keyboard.press("Tab")
        expect(button(page, what)).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "a citation in Markdown")).to_have_text("Copied")
    assert clipboard(page).startswith("[PX010: ")
    page.keyboard.press("Escape")
    expect(cite(page)).to_be_focused()
    expect(page.locator(".pp-take .pp-menu")).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    for _ in range(len(IN_MENU) + 1):
        page.keyboard.press("Tab")
    expect(page.locator(".pp-take .pp-menu")).not_to_have_attribute("open", "")


def test_a_click_elsewhere(page: Page, built: str) -> None:
    """A menu closes when the reader presses something else, and what it was opened for is not done."""
    page.goto(built + RULE)
    cite(page).click()
    expect(button(page, "a review comment")).to_be_visible()
    page.locator(".pp-summary").click()
    expect(page.locator(".pp-take .pp-menu > div")).to_be_hidden()
    expect(page.locator(".pp-take .pp-said")).to_be_empty()


def test_one_line_of_a_phone(page: Page, built: str, take: Take) -> None:
    """At 360 pixels the choice of a Python and all buttons are in one line, and while one says Copied too."""
    look(page, "light", 360)
    page.goto(built + RULE)
    take("the link to PX010")
    row = ".pp-bar .pp-version, .pp-take > .pp-action, .pp-take .pp-menu > summary"
    boxes = [shown.bounding_box() for shown in page.locator(row).all()]
    assert len(boxes) == 3
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] <= 345 for box in boxes)


@pytest.mark.parametrize("label", ["Cite", "More"])
def test_a_menu_fits_a_phone(page: Page, built: str, label: str) -> None:
    """At 360 pixels what a menu opens is all on the screen."""
    look(page, "light", 360)
    page.goto(built + RULE)
    menu = page.locator(".pp-menu:visible").filter(has=page.locator("summary", has_text=label)).first
    menu.locator("summary").click()
    box = menu.locator("> div").bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
