"""Every address leads a reader to its page, and a mistyped one to what was meant."""

from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from proven.collect.pages import read_pages
from proven.exports.redirects import EXPORT
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import catalogue

from ..small_site import CODES
from ..workspace import Workspace
from .conftest import QuietHandler, QuietServer
from .driver import Block
from .keeping import active
from .test_site import shown

RULE = "async/task-references/"
TIMEOUTS = "async/timeouts/"

LEADS = {
    "px017/?h=task#why": f"{RULE}?h=task#why",
    "task-references/": RULE,
    "PX010-EX2/": f"{TIMEOUTS}#PX010-EX2",
    "px017-ex2/": f"{RULE}#exceptions",  # which it no longer has
    "px010-ex2/#why": f"{TIMEOUTS}#why",
    "ruff/b006/": "functions/mutable-defaults/",
    "mypy/arg-type/": "tools/#mypy-arg-type",
    "ruff/asyncio-dangling-task/": RULE,
    "pyright/reportUndefinedVariable/": "tools/#pyright",
}


def test_leads(page: Page, built: str) -> None:
    """Codes in upper and lower case, slugs, exceptions and tools' rules lead on, with query and fragment."""
    for address, target in LEADS.items():
        page.goto(built + address)
        expect(page).to_have_url(built + target)
    page.go_back()
    expect(page).to_have_url(built + RULE)  # not the address that led on from there


def test_leads_without_script(browser: Browser, built: str) -> None:
    """So they do for a reader who lets no script run."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{built}PX010-EX2/")
        expect(page).to_have_url(f"{built}{TIMEOUTS}#PX010-EX2")


def test_exception(page: Page, built: str) -> None:
    """An exception is shown where its address leads, below the header, and is a link to itself."""
    page.goto(f"{built}PX010-EX2/")
    exception = page.locator("#PX010-EX2")
    expect(exception).to_be_in_viewport()
    header, place = page.locator(".md-header").bounding_box(), exception.bounding_box()
    assert header
    assert place
    assert place["y"] >= header["y"] + header["height"]
    assert exception.get_attribute("href") == "#PX010-EX2"


def test_removed(page: Page, unverified_site: Workspace, tmp_path: Path) -> None:
    """A removed rule's address says why it is gone and what to read instead, and stays."""
    unverified_site.write("codes.toml", f'{CODES}\n[PX903]\npage = "topic/three"\nremoved = "Untrue."\n')
    project = Project.around(unverified_site.root)
    site = Site(tuple(read_pages(project, project.pages())))
    html = EXPORT.make(catalogue(project, site, ""))["PX903/index.html"]
    file = tmp_path / "index.html"
    file.write_text(str(html), "utf-8")
    page.goto(file.as_uri())
    expect(page.get_by_role("heading")).to_have_text("PX903 was removed")
    expect(page.get_by_text("Untrue.")).to_be_visible()
    assert page.url == file.as_uri()


class Missing(QuietHandler):
    """Answers with the site's own page where there is none, as servers of static sites do."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Send 404.html."""
        content = (Path(self.directory) / "docs" / "404.html").read_bytes()
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def below(tmp_path: Path, built_folder: Path) -> Iterator[str]:
    """The real site at a path of a host, which does not know where it is."""
    (tmp_path / "docs").symlink_to(built_folder)
    with QuietServer(("127.0.0.1", 0), partial(Missing, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/docs/"
        server.shutdown()


@pytest.fixture
def lost(browser: Browser, below: str) -> Iterator[Page]:
    """A tab that is closed before its site is; nothing may go wrong but that files are not there."""
    messages: list[str] = []
    with browser.new_context() as context:
        page = context.new_page()
        page.on("pageerror", lambda error: messages.append(str(error)))
        page.on("console", lambda message: messages.append(message.text))
        yield page
    missing = "Failed to load resource: the server responded with a status of 404"
    assert [message for message in messages if not message.startswith(missing)] == []


MEANT = {
    "px-017?h=task#why": f"{RULE}?h=task#why",
    "Px017/": RULE,
    "pX017/": RULE,
    "px010-EX2/": f"{TIMEOUTS}#PX010-EX2",
    "PX17/": RULE,
    "async/task_references.html": RULE,
    "en/latest/Px010_Ex2/": f"{TIMEOUTS}#PX010-EX2",
    "Ruff/B-006/": "functions/mutable-defaults/",
    "Verification": "verification/",
}


def test_meant(lost: Page, below: str) -> None:
    """An address that is only written in another way leads to its page, wherever the site is."""
    for address, target in MEANT.items():
        lost.goto(below + address)
        expect(lost).to_have_url(below + target)


def test_near(lost: Page, below: str) -> None:
    """Of what is nearly an address the page shows at most five, and it can be searched for."""
    lost.goto(f"{below}asinc/task-refrence/")
    suggestions = lost.get_by_role("status")
    expect(suggestions.get_by_role("link", name="Keep a reference to every task")).to_be_visible()
    assert suggestions.get_by_role("listitem").count() <= 5
    search = suggestions.get_by_role("link", name="Search for")
    assert str(search.get_attribute("href")).startswith(f"{below}?q=asinc%20task%20refrence")
    expect(lost.get_by_role("link", name="Home page")).to_have_attribute("href", "/docs/")


def test_nothing_near(lost: Page, below: str) -> None:
    """An address like none is shown as it is, as text, and the search is opened with its words."""
    lost.goto(f"{below}%E0%A4%A")
    expect(lost.get_by_role("status")).to_contain_text("There is nothing at /%E0%A4%A")
    lost.goto(f"{below}<img src=x onerror=alert(1)>")
    expect(lost.get_by_role("status")).to_contain_text("There is nothing at /<img src=x onerror=alert(1)>")
    assert lost.locator("img").count() == 0
    lost.goto(f"{below}qqq/timeout")
    lost.get_by_role("link", name="Search for").click()
    expect(lost.locator(".md-search__input").first).to_have_value("qqq timeout")


def test_block(page: Page, built: str) -> None:
    """A block whose address is in no menu has a link to itself, for who points at it or tabs to it."""
    path = "async/await-coroutines/"
    page.goto(built + path)
    link = page.locator(".pp-block:not(:has(> .pp-data)) .pp-link").first
    target = str(link.get_attribute("href"))
    block = shown(Block(page, int(target.removeprefix("#block-"))))
    page.mouse.move(0, 0)
    expect(link).to_have_css("opacity", "0")
    block.root.hover()
    expect(link).to_have_css("opacity", "1")
    page.mouse.move(0, 0)
    expect(link).to_have_css("opacity", "0")
    link.focus()
    expect(link).to_have_css("opacity", "1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(built + path + target)
    page.emulate_media(media="print")
    expect(link).to_be_hidden()


def test_each_block_is_linked_to_once(page: Page, built: str) -> None:
    """Each block but the set-up, which stands alone nowhere, has its address in a menu, or else in a link."""
    page.goto(f"{built}async/await-coroutines/")
    for root in page.locator(".pp-block:not(:has(> .pp-main > .pp-hidden))").all():
        block = shown(Block(page, int(str(root.get_attribute("id")).removeprefix("block-"))))
        expect(block.root.locator(".pp-menu > summary:visible, .pp-link:visible")).to_have_count(1)


def test_offline(page: Page, built: str) -> None:
    """Of a site that is kept, addresses lead on without a network, though their pages are not kept."""
    page.add_init_script(
        "const wait = setTimeout;"
        "setTimeout = (work, ms, ...more) => wait(work, ms === 3000 ? 0 : ms, ...more);"
    )
    page.goto(built)
    active(page)
    page.context.set_offline(True)
    unkept = {
        "px017/?h=task": f"{RULE}?h=task",
        "PX010-EX2/index.html": f"{TIMEOUTS}#PX010-EX2",
        "mypy/arg-type": "tools/#mypy-arg-type",
        "Px017": RULE,
        "px010-EX2/": f"{TIMEOUTS}#PX010-EX2",
        "en/latest/PX17/": RULE,
    }
    for address, target in unkept.items():
        page.goto(built + address)
        expect(page).to_have_url(built + target)


def test_not_kept(built_folder: Path) -> None:
    """Readers keep the table of addresses, and neither the pages that only lead on nor other exports."""
    kept = (built_folder / "service-worker.js").read_text("utf-8").partition("\n")[0]
    assert '"url": "redirects.json"' in kept
    for name in ("PX017/", "task-references/", "ruff/", "redirects.schema.json", "missing.js"):
        assert f'"url": "{name}' not in kept
    assert f'"url": "{RULE}"' in kept
