"""What a reader has written is still there after a look at another page."""

from playwright.sync_api import Page, expect

from .driver import Block
from .page import Site
from .test_editing import HELLO, edited
from .test_sharing import ODD, fragment


def test_edits_survive_navigation(page: Page, site: Site) -> None:
    """Away and back, the code is as the reader left it, until Reset."""
    block = edited(page, site, ODD)
    address = page.url
    page.goto(site.page(HELLO))
    expect(Block(page).button("Edit")).to_be_visible()
    page.goto(address)
    expect(block.notice).to_contain_text("your edit from before")
    assert block.text == ODD
    block.menu_item("Reset").click()
    page.reload()
    expect(block.button("Edit")).to_be_visible()
    assert page.evaluate("sessionStorage.length") == 0


def test_edits_are_of_the_example(page: Page, site: Site) -> None:
    """When the page's code has changed, an edit of what it was is not brought back."""
    edited(page, site, ODD)
    page.evaluate("""() => {
        const [key] = Object.keys(sessionStorage);
        sessionStorage[key] = sessionStorage[key].replace("'hello'", "'hullo'");
    }""")
    page.reload()
    expect(Block(page).button("Edit")).to_be_visible()
    assert page.locator(".pp-editor").count() == 0


def test_an_edit_of_shared_code_survives(page: Page, site: Site) -> None:
    """Reloading brings back what was made of the link's code, not the code itself; Reset forgets it."""
    page.goto(site.page(HELLO) + fragment("x = 1"))
    block = Block(page)
    expect(block.notice).to_contain_text("came with the link")
    block.editor.fill("x = 2")
    page.reload()
    expect(block.notice).to_contain_text("your edit from before")
    assert block.text == "x = 2"
    block.menu_item("Reset").click()
    page.reload()
    expect(block.notice).to_contain_text("came with the link")
    assert block.text == "x = 1"


def test_only_edits_are_stored(page: Page, site: Site) -> None:
    """Opening the editor, running and going back to the example leave nothing behind."""
    block = edited(page, site, "x")
    assert page.evaluate("sessionStorage.length") == 1
    block.editor.fill("print('hello')")
    block.run_until("done")
    assert page.evaluate("sessionStorage.length") == 0
    assert page.evaluate("localStorage.length + document.cookie.length") == 0


def test_storage_refused(page: Page, site: Site) -> None:
    """Where the browser stores nothing, everything else works."""
    page.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('refused') } })"
    )
    block = edited(page, site, "print('bye')")
    block.run_until("done")
    expect(block.screen).to_have_text("bye\n")
