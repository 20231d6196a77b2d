"""What readers take from a block, and what they come with: copies and links."""

import base64
import re
import zlib

import pytest
from playwright.sync_api import Page, expect

from .driver import Block, opened
from .page import Example, Site
from .test_editing import HELLO, edited

ODD = "print('hello')\nname = 'é \U0001f40d </script>'\nprint(name)"
REFUSED = "() => { navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused')) }"


def fragment(code: str | bytes, block: int = 1) -> str:
    """The fragment of a link that carries code."""
    packed = zlib.compress(code.encode() if isinstance(code, str) else code)
    return f"#block-{block}&code={base64.urlsafe_b64encode(packed).decode().rstrip('=')}"


def clipboard(page: Page) -> str:
    """What the clipboard has."""
    return str(page.evaluate("navigator.clipboard.readText()"))


@pytest.fixture
def allowed(page: Page) -> None:
    """Let the page use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])


@pytest.mark.usefixtures("allowed")
def test_copy_takes_the_code_as_it_stands(page: Page, site: Site) -> None:
    """The page's code without an editor, and the reader's with one."""
    block = opened(page, site, HELLO)
    block.button("Copy").click()
    expect(block.root.locator(".pp-said")).to_have_text("Copied example 1")
    assert clipboard(page) == "print('hello')"
    block.button("Edit").click()
    block.editor.fill("print('bye')\nx = 1")
    block.button("Copy").click()
    expect(block.button("Copy")).to_have_text("Copied")
    assert clipboard(page) == "print('bye')\nx = 1"


def test_copy_refused(page: Page, site: Site) -> None:
    """Where the clipboard is refused, the code is selected, and the reader told."""
    block = opened(page, site, HELLO)
    page.evaluate(REFUSED)
    block.button("Copy").click()
    expect(block.notice).to_contain_text("The code is selected")
    assert page.evaluate("getSelection().toString()").strip() == "print('hello')"


def test_there_is_one_copy_button(page: Page, built: str) -> None:
    """Material's own is gone where ours is, and stays where it is not."""
    page.goto(built)
    block = Block(page)
    expect(block.button("Copy")).to_be_visible()
    assert block.root.locator(".md-code__nav:visible").count() == 0


@pytest.mark.usefixtures("allowed")
def test_share_and_open(page: Page, site: Site) -> None:
    """A link brings the code that was shared to another reader, who decides whether it runs."""
    block = edited(page, site, ODD)
    block.menu_item("Share").click()
    expect(block.menu_item("Share")).to_have_text("Copied")
    address = clipboard(page)
    assert re.fullmatch(rf"{re.escape(page.url)}#block-1&code=[\w-]+", address)
    other = page.context.new_page()
    other.goto(address)
    received = Block(other)
    expect(received.notice).to_have_text("This code came with the link. It has not been run.")
    assert received.text == ODD
    expect(received.root).to_have_attribute("data-state", "idle")
    expect(received.root.locator(".pp-label:visible")).to_have_text("Edited")
    expect(received.root.locator(".pp-output")).to_be_hidden()
    received.run_until("done")
    expect(received.screen).to_have_text("hello\né \U0001f40d </script>\n")
    expect(received.notice).to_be_empty()


@pytest.mark.usefixtures("allowed")
def test_unedited_code_is_shared_by_its_place(page: Page, site: Site) -> None:
    """A link to what the page says anyway carries nothing."""
    block = opened(page, site, HELLO)
    block.menu_item("Share").click()
    expect(block.menu_item("Share")).to_have_text("Copied")
    assert clipboard(page) == f"{page.url}#block-1"


@pytest.mark.usefixtures("allowed")
@pytest.mark.parametrize("code", ["print('hello')", "print('bye')"], ids=["unedited", "edited"])
def test_the_version_goes_with_the_link(page: Page, site: Site, code: str) -> None:
    """A reader who chose a Python shares that too; one that the block is not for is left aside."""
    block = edited(page, site, code, Example("print('hello')\n", "hello\n", versions=("3.14", "3.12")))
    choice = page.get_by_role("combobox")
    choice.select_option("3.12")
    block.menu_item("Share").click()
    expect(block.menu_item("Share")).to_have_text("Copied")
    address = clipboard(page)
    page.evaluate("localStorage.clear()")
    for version, chosen in (("3.12", "3.12"), ("3.99", "3.14")):
        other = page.context.new_page()
        other.goto(address.replace("python=3.12", f"python={version}"))
        expect(other.get_by_role("combobox")).to_have_value(chosen)
        assert other.evaluate("localStorage.length") == 0
        expect(Block(other).editor).to_have_count(int(code != "print('hello')"))


def test_share_refused(page: Page, site: Site) -> None:
    """Where the clipboard is refused, the link is there to be copied by hand."""
    block = edited(page, site, ODD)
    page.evaluate(REFUSED)
    block.menu_item("Share").click()
    field = block.notice.get_by_role("textbox", name="Link to this code")
    expect(field).to_be_focused()
    expect(field).to_have_value(re.compile(r"#block-1&code=[\w-]+$"))
    assert not field.is_editable()
    assert field.evaluate("field => field.selectionEnd - field.selectionStart === field.value.length")


def test_too_much_to_share(page: Page, site: Site) -> None:
    """More than a link can carry is refused with a reason."""
    block = edited(page, site, "#" * 100_001)
    block.menu_item("Share").click()
    expect(block.notice).to_have_text("A link carries at most 100 kB of code.")


def test_a_link_scrolls_to_its_block(page: Page, site: Site) -> None:
    """The block that the code belongs to is in sight; the others are as they were."""
    address = site.page(*[Example("x = 1\n" * 40)] * 3)
    page.goto(address + fragment("y = 2", 3))
    block = Block(page, 3)
    expect(block.notice).to_contain_text("came with the link")
    assert block.text == "y = 2"
    expect(block.root).to_be_in_viewport()
    assert Block(page, 1).editor.count() == 0


def test_a_link_never_runs_nor_loads_python(page: Page, site: Site) -> None:
    """Not even the interpreter is fetched for code that came with a link."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(site.page(HELLO) + fragment("print('owned')"), wait_until="networkidle")
    expect(Block(page).notice).to_contain_text("came with the link")
    assert not [url for url in asked if "/runtime/" in url or "worker.js" in url]
    expect(Block(page).root.locator(".pp-output")).to_be_hidden()


BROKEN = {
    "cut off": fragment(ODD)[:-4],
    "no base64": "#block-1&code=!!!",
    "empty": "#block-1&code=",
    "not packed": "#block-1&code=" + base64.urlsafe_b64encode(b"print()").decode(),
    "changed on the way": fragment(ODD)[:-3] + "AAA",
    "not text": fragment(b"\xff\xfe\x00"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_a_broken_link(page: Page, site: Site, broken: str) -> None:
    """One sentence says what is wrong, and the example is as the page has it."""
    page.goto(site.page(HELLO) + BROKEN[broken])
    block = Block(page)
    expect(block.notice).to_contain_text("The code in this link is damaged")
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


@pytest.mark.parametrize("code", ["#" * 100_001, "\0" * 50_000_000], ids=["long", "bomb"])
def test_a_huge_link(page: Page, site: Site, code: str) -> None:
    """What unpacks to more than 100 kB is given up before it takes memory."""
    page.goto(site.page(HELLO) + fragment(code))
    expect(Block(page).notice).to_contain_text("longer than 100 kB")


def test_a_link_to_no_block(page: Page, site: Site) -> None:
    """For a block that the page does not have, the page says so once, at its top."""
    page.goto(site.page(HELLO, Example("x = 1\n", runnable=False)))
    for number in (2, 99):
        page.evaluate(f"location.hash = {fragment('x', number)!r}")
        expect(page.get_by_role("alert")).to_contain_text("is not on this page, or cannot be edited")


def test_an_ordinary_link(page: Page, site: Site) -> None:
    """A link to a block alone opens no editor and says nothing."""
    page.goto(site.page(*[Example("x = 1\n" * 40)] * 3) + "#block-3")
    expect(Block(page, 3).root).to_be_in_viewport()
    expect(Block(page, 3).notice).to_be_empty()
    assert page.locator(".pp-editor").count() == 0


def test_a_link_followed_on_the_page(page: Page, site: Site) -> None:
    """A link that only changes the fragment is opened too, and stops what runs."""
    block = edited(page, site, "while True: pass")
    block.run_until("running")
    page.evaluate(f"location.hash = {fragment('print(2)')!r}")
    expect(block.notice).to_contain_text("came with the link")
    block.reaches("idle")
    assert block.text == "print(2)"
