"""The Content-Security-Policy of every page holds, and lets through what the site itself does."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from proven.render import policy

from ..workspace import Workspace
from .test_site import FILES, SAMPLE, address, by_stem, preferred

RULE = "functions/mutable-defaults/"
STEADY = "functions/mutable-defaults/"
"""A page whose first block prints the same on a busy machine."""

LISTEN = """
globalThis.violations = [];
globalThis.violated = new Promise((violated) =>
  addEventListener("securitypolicyviolation", (event) => {
    violations.push(`${event.effectiveDirective} ${event.blockedURI}`);
    violated(true);
  }));
"""


@pytest.fixture
def watched(page: Page) -> Page:
    """A tab that notes what a policy refuses."""
    page.add_init_script(LISTEN)
    return page


def violations(page: Page) -> list[str]:
    """What the policy of the page has refused."""
    refused: list[str] = page.evaluate("violations")
    return refused


def test_every_built_page_has_it(built: str, built_folder: Path) -> None:
    """No HTML file of the site goes without, that for errors included."""
    files = list(built_folder.rglob("*.html"))
    assert len(files) > len(FILES)
    for file in files:
        head = file.read_text("utf-8").partition('<link rel="')[0]
        assert '<meta http-equiv="Content-Security-Policy" content="default-src ' in head
        assert '<meta name="referrer" content="no-referrer">' in head
        assert head.encode().index(b"charset=") < 1000


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_pages_keep_to_it(watched: Page, built: str, file: Path) -> None:
    """Opening a page breaks nothing of it; what breaks it on others is in the console, which is watched."""
    watched.goto(built + address(file), wait_until="networkidle")
    assert violations(watched) == []


def test_the_page_of_errors_keeps_to_it(watched: Page, built: str) -> None:
    """So does the page that a server shows in place of a missing one."""
    watched.goto(f"{built}404.html", wait_until="networkidle")
    assert violations(watched) == []


def test_it_holds_with_all_features_in_use(watched: Page, built: str) -> None:
    """Search, both palettes, Run, Stop, Edit and Reset work under it."""
    watched.goto(built + STEADY)
    block = preferred(watched)
    block.run()
    expect(block.status).to_have_text(re.compile("^Same output"))
    block.button("Edit").click()
    block.editor.fill("while True: pass")
    block.run_until("running")
    block.button("Stop").click()
    block.menu_item("Reset").click()
    watched.get_by_title("Switch to dark mode").click()
    expect(watched.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    watched.keyboard.press("/")
    watched.keyboard.type("timeout")
    expect(watched.locator(".md-search-result__item").first).to_be_visible()
    assert violations(watched) == []


@pytest.mark.parametrize(
    ("attack", "directive"),
    [
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: 'hit()'}))",
            "script-src",
        ),
        ("document.body.insertAdjacentHTML('beforeend', '<img src onerror=hit()>')", "script-src-attr"),
        ("document.body.append(Object.assign(new Image, {src: 'https://elsewhere.test/x.png'}))", "img-src"),
        ("fetch('https://elsewhere.test/').catch(() => {})", "connect-src"),
        ("navigator.sendBeacon('https://elsewhere.test/')", "connect-src"),
        ("try { new WebSocket('wss://elsewhere.test/') } catch {}", "connect-src"),
        ("setTimeout('hit()')", "script-src"),
        ("import('data:text/javascript,hit()').catch(() => {})", "script-src"),
        ("import('https://elsewhere.test/x.js').catch(() => {})", "script-src"),
        ("document.head.append(Object.assign(document.createElement('base'), {href: '/x/'}))", "base-uri"),
        (
            "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://elsewhere.test/></iframe>')",
            "frame-src",
        ),
        (
            "document.body.insertAdjacentHTML('beforeend', '<form action=https://elsewhere.test/></form>');"
            "document.forms[document.forms.length - 1].submit()",
            "form-action",
        ),
    ],
)
def test_what_is_injected_is_refused(
    watched: Page, built: str, problems: list[str], attack: str, directive: str
) -> None:
    """Scripts, images, requests, frames and forms that are not the site's own get nowhere."""
    sent: list[Route] = []
    watched.context.route("*://elsewhere.test/**", lambda route: sent.append(route))
    watched.goto(built + RULE)
    watched.evaluate("() => { globalThis.hit = () => { document.title = 'hit' } }")
    watched.evaluate(f"() => {{ {attack} }}")
    late = "new Promise((_, reject) => setTimeout(reject, 20_000, new Error('nothing was refused')))"
    assert watched.evaluate(f"Promise.race([violated, {late}])")
    assert {refused.partition(" ")[0].removesuffix("-elem") for refused in violations(watched)} == {directive}
    assert watched.title() != "hit"
    assert sent == []
    problems.clear()


def test_nothing_is_stored_unasked(page: Page, built: str) -> None:
    """Reading, searching and running leave no cookie and nothing in storage but what the reader chose."""
    page.goto(built + RULE)
    preferred(page).run_until("done")
    page.keyboard.press("/")
    page.keyboard.type("timeout")
    expect(page.locator(".md-search-result__item").first).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate("document.cookie") == ""
    assert page.evaluate("[...Object.keys(localStorage), ...Object.keys(sessionStorage)]") == []
    assert page.evaluate("indexedDB.databases()") == []


def test_the_palette_that_a_reader_chooses_is_kept(page: Page, built: str) -> None:
    """A choice is stored, and holds on the next page."""
    page.goto(built + RULE)
    page.get_by_title("Switch to dark mode").click()
    assert page.evaluate("Object.keys(localStorage)") == ["/.__palette"]
    page.goto(built)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate")
    page.get_by_title("Switch to light mode").click()
    page.reload()
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")


def test_hashes_are_those_of_inline_scripts() -> None:
    """Data and scripts with an address take none; each text takes one."""
    html = "<!doctype html><html><head><meta charset=utf-8><script>a()</script><script>a()</script>"
    html += '<script type="application/json">{}</script><script src=x.js></script></head></html>'
    assert policy.hashes(html) == ["sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4="]


def test_a_policy_is_given_once() -> None:
    """What a site has written itself stands."""
    once = policy.add_csp("<!doctype html><html><head><meta charset=utf-8></head></html>")
    assert once.startswith("<!doctype html><html><head><meta charset=utf-8><meta http-equiv=")
    assert policy.add_csp(once) == once


def test_without_being_asked_a_guest_has_none(built_corpus: Workspace) -> None:
    """A site of someone else's loads what it likes, unless it asks for a policy."""
    for page in (built_corpus.root / "site-material").rglob("*.html"):
        assert "Content-Security-Policy" not in page.read_text("utf-8")
