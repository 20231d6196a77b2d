"""What readers take from a rule: its link, its Markdown, a review comment, a citation."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from .driver import Block
from .test_axe import look
from .test_sharing import REFUSED, clipboard

RULE = "async/task-references/"
TITLE = "Every task is referenced until it is done"
PUBLIC = "https://example.org/rules/"

Take = Callable[[str], str]


def button(page: Page, name: str) -> Locator:
    """A button that copies, by what it is called aloud."""
    return page.get_by_role("button", name=name, exact=True)


@pytest.fixture
def take(page: Page) -> Take:
    """Press a button of the page: what the clipboard has then."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    def press(name: str) -> str:
        button(page, name).click()
        expect(button(page, name)).to_have_text("Copied")
        expect(page.get_by_role("status").filter(has_text=name.replace("Copy", "Copied"))).to_be_attached()
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
    link = f"{built}PX017/"
    assert take("Copy the link to PX017") == link
    comment = take("Copy a review comment")
    assert comment.startswith(f"{TITLE} (PX017). Keep the result of create_task() ")
    assert comment.endswith(f" waiting task. {link}")
    exception = take("Copy a review comment on PX017-EX2")
    assert exception.startswith(f"PX017-EX2 applies, an exception to “{TITLE}”. Tasks that only compute ")
    assert exception.endswith(f". {link}#PX017-EX2")
    page.locator("summary").filter(has_text="Cite").click()
    assert take("Copy a citation in Markdown") == f"[PX017: {TITLE}]({link})"
    assert take("Copy a citation in reST") == f"`PX017: {TITLE} <{link}>`__"


def test_a_published_site(page: Page, built: str, take: Take) -> None:
    """Where the site has a public address, everything that is copied has that one."""
    publish(page)
    page.goto(f"{built}{RULE}?h=task#why")
    assert take("Copy the link to PX017") == f"{PUBLIC}PX017/"
    assert take("Copy a review comment on PX017-EX1").endswith(f" {PUBLIC}PX017/#PX017-EX1")
    Block(page).button("Share").click()
    expect(Block(page).button("Share")).to_have_text("Copied")
    assert clipboard(page) == f"{PUBLIC}{RULE}#block-1"


def test_markdown(page: Page, built: str, problems: list[str], take: Take) -> None:
    """The page as Markdown is what is beside it; where that cannot be had, a sentence says where it is."""
    page.route("**/index.html.md", lambda route: route.fulfill(body="# Rule\n\nText\n"))
    page.goto(built + RULE)
    assert take("Copy this page as Markdown") == "# Rule\n\nText\n"
    page.unroute_all()
    page.route("**/index.html.md", lambda route: route.fulfill(status=404))
    page.reload()
    button(page, "Copy this page as Markdown").click()
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
    for name, text in (
        ("Copy the link to PX017", f"{built}PX017/"),
        ("Copy this page as Markdown", "# Rule\n\nText\n"),
    ):
        button(page, name).click()
        expect(field).to_have_value(text)
        expect(field).to_be_focused()
        assert not field.is_editable()
        assert field.evaluate("field => field.selectionEnd - field.selectionStart === field.value.length")


def test_a_second_click(page: Page, built: str, take: Take) -> None:
    """A button that was pressed again while it said Copied gets its own word back."""
    page.clock.install()
    page.goto(built + RULE)
    name = "Copy the link to PX017"
    take(name)
    page.clock.run_for(1000)
    button(page, name).click()
    expect(button(page, name)).to_have_text("Copied")
    page.clock.run_for(3000)
    expect(button(page, name)).to_have_text("Link")


def test_by_keyboard(page: Page, built: str, take: Take) -> None:
    """The menu opens, is left with Escape, and closes when the focus goes elsewhere."""
    page.goto(built + RULE)
    cite = page.locator(".pp-menu > summary")
    button(page, "Copy a review comment").focus()
    page.keyboard.press("Tab")
    expect(cite).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(button(page, "Copy a citation in Markdown")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button(page, "Copy a citation in Markdown")).to_have_text("Copied")
    assert clipboard(page).startswith("[PX017: ")
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()
    expect(button(page, "Copy a citation in reST")).to_be_hidden()
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(button(page, "Copy a citation in reST")).to_be_hidden()


def test_one_line_of_a_phone(page: Page, built: str, take: Take) -> None:
    """At 360 pixels all buttons are in one line, and while one says Copied too."""
    look(page, "light", 360)
    page.goto(built + RULE)
    take("Copy the link to PX017")
    boxes = [
        button.bounding_box() for button in page.locator(".pp-take > .pp-action, .pp-menu > summary").all()
    ]
    assert len(boxes) == 4
    assert len({round(box["y"]) for box in boxes if box}) == 1
    assert all(box and box["x"] + box["width"] <= 345 for box in boxes)
