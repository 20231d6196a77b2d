"""When Python is loaded, and what readers see when it cannot be."""

import gzip
import re

import pytest
from playwright.sync_api import Page, Route, expect

from ..sampling import sampled
from .driver import Block, missing, opened, requested
from .page import Example, Site

HELLO = Example("print('hello')\n", "hello\n")
PYTHON = r"/assets/runtime/|/worker\.js$"
"""What is requested for running code."""


def test_nothing_is_loaded_before_intent(page: Page, site: Site) -> None:
    """Opening a page asks for nothing of Python; pointing at a block does, and runs nothing."""
    names = requested(page, PYTHON)
    block = opened(page, site, HELLO)
    page.wait_for_load_state("networkidle")
    assert names == []
    with page.context.expect_event("request", lambda request: request.url.endswith("/snapshot.bin")):
        block.root.hover()
    block.reaches("idle")


def test_focus_is_intent(page: Page, site: Site) -> None:
    """Reaching a block by keyboard loads Python as pointing at it does."""
    block = opened(page, site, HELLO)
    with page.context.expect_event("request", lambda request: request.url.endswith("/snapshot.bin")):
        block.button("Run").focus()
    block.reaches("idle")


def test_one_start_serves_one_run(page: Page, site: Site) -> None:
    """What intent has started is what the click uses."""
    names = requested(page, PYTHON)
    block = opened(page, site, HELLO)
    block.root.hover()
    block.button("Edit").hover()
    block.run_until("done")
    while names.count("worker.js") < 2:  # the spare's
        page.wait_for_timeout(10)
    page.wait_for_load_state("networkidle")
    assert names.count("worker.js") == 2


SNAPSHOTS = {"missing": None, "garbage": b"no gzip", "another build's": gzip.compress(bytes(1 << 20))}


@pytest.mark.parametrize("broken", sampled([*SNAPSHOTS]))
def test_starts_plainly_without_a_good_snapshot(
    page: Page, site: Site, problems: list[str], broken: str
) -> None:
    """Whatever is wrong with the snapshot, one case at a time, Python starts all the same."""
    body = SNAPSHOTS[broken]
    page.context.route(
        "**/snapshot.bin", lambda route: route.fulfill(body=body) if body else route.fulfill(status=404)
    )
    block = opened(page, site, HELLO)
    block.run_until("done")
    expect(block.root).to_have_attribute("data-start", "plain")
    expect(block.status).to_have_text("Same output as recorded.")
    problems.clear()  # the browser notes the 404


@pytest.mark.parametrize(
    "name", sampled(["worker.js", "pyodide.js", "pyodide.asm.js", "pyodide.asm.wasm", "pyodide-lock.json"], 3)
)
def test_a_missing_file_is_named(page: Page, site: Site, problems: list[str], name: str) -> None:
    """Without one of its files, of which a third is tried, Python does not start; Run tries again."""
    with missing(page, name):
        block = opened(page, site, HELLO)
        block.run_until("error")
        expect(block.status).to_contain_text("Python could not start")
        expect(block.status).to_contain_text(name)
        expect(block.output.locator("pre")).to_have_text("hello\n")
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    problems.clear()


def test_the_first_run_says_what_it_fetches(page: Page, site: Site) -> None:
    """While Python is on its way, its bytes are counted where the verdict will be."""
    held: list[Route] = []
    page.context.route("**/snapshot.bin", lambda route: held.append(route))
    block = opened(page, site, HELLO)
    block.run_until("starting")
    expect(block.status).to_have_attribute("data-loaded", re.compile(r"^[1-9]\d*\.\d of \d+\.\d$"))
    text = block.status.evaluate("(status) => getComputedStyle(status, '::after').content")
    shown = re.fullmatch(r'"Fetching Python: ([\d.]+) of ([\d.]+) MB…"', text)
    assert shown, text
    assert 0 < float(shown[1]) < float(shown[2]) < 20
    for route in held:
        route.continue_()
    block.reaches("done")
    expect(block.root).to_have_attribute("data-start", "snapshot")


def test_library_is_fetched_for_programs_that_need_it(page: Page, site: Site) -> None:
    """Modules that every interpreter has loaded take no download."""
    names = requested(page, PYTHON)
    rare = Example("import statistics\n\nprint(statistics.mode('aab'))\n", "a\n")
    page.goto(site.page(HELLO, rare))
    Block(page, 1).run_until("done")
    assert "python_stdlib.zip" not in names
    assert names.count("pyodide.asm.wasm") <= names.count("worker.js")
    Block(page, 2).run_until("done")
    expect(Block(page, 2).status).to_have_text("Same output as recorded.")
    assert "python_stdlib.zip" in names


def test_a_missing_library_is_an_exception(page: Page, site: Site, problems: list[str]) -> None:
    """The program that needs it ends, and can be run again."""
    with missing(page, "python_stdlib.zip"):
        block = opened(page, site, Example("import statistics\n"))
        block.run_until("error")
        expect(block.screen).to_contain_text("I/O error")
    block.run_until("done")
    problems.clear()


def test_a_failed_start_is_not_repeated_unasked(page: Page, site: Site, problems: list[str]) -> None:
    """That the focus returns to Run is no new intent."""
    names = requested(page, PYTHON)
    with missing(page, "pyodide.js"):
        block = opened(page, site, HELLO)
        block.run_until("error")
        expect(block.button("Run")).to_be_focused()
        page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
        assert names.count("worker.js") == 1
    problems.clear()


def test_works_again_when_back_online(page: Page, site: Site, problems: list[str]) -> None:
    """A lost connection is reported, and no more than that."""
    block = opened(page, site, HELLO)
    page.context.set_offline(True)
    block.run_until("error")
    expect(block.status).to_contain_text("Check the connection")
    page.context.set_offline(False)
    block.run_until("done")
    problems.clear()


@pytest.mark.parametrize("feature", ["Worker", "WebAssembly", "DecompressionStream"])
def test_a_browser_that_cannot_says_so(page: Page, site: Site, feature: str) -> None:
    """There are no buttons that would fail; the recorded output is there."""
    page.add_init_script(f"delete globalThis.{feature}")
    block = opened(page, site, HELLO)
    expect(block.root.get_by_text("This browser cannot run Python here")).to_be_visible()
    expect(block.root.get_by_role("button")).to_have_count(0)
    expect(block.output.locator("pre")).to_have_text("hello\n")


def test_a_page_opened_from_disk_says_so(page: Page, site: Site) -> None:
    """Browsers start no worker there; the page is complete without."""
    name = site.page(HELLO).removeprefix(site.url)
    page.goto((site.folder / name).as_uri())
    expect(page.get_by_text("This browser cannot run Python here")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)


def test_only_runnable_blocks_get_buttons(page: Page, site: Site) -> None:
    """A block that the build did not run in this runtime is left as it is."""
    block = opened(page, site, Example("print(1)\n", "1\n", runnable=False), HELLO)
    expect(block.root.get_by_role("button")).to_have_text(["Copy"])
    Block(page, 2).run_until("done")


def test_leaving_the_page_ends_its_programs(page: Page, site: Site) -> None:
    """A page that is left and kept by the browser works when the reader comes back."""
    block = opened(page, site, Example("while True: pass\n"), HELLO)
    block.run_until("running")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
    block.reaches("stopped")
    while page.workers:
        page.wait_for_timeout(10)
    Block(page, 2).run_until("done")
