"""Checks of the blocks of a page: when tools are fetched, and what becomes of a check."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Worker, expect

from ..sampling import sampled
from .checking import CLEAN, WRONG, checked, findings, row
from .driver import Block, held, missing, opened, requested
from .page import Example, Site

TOOLS = r"/assets/(checkers|rules)/|/(ruff|mypy)-worker\.js"
"""What is requested for checks."""


@pytest.fixture(scope="module")
def bench(browser: Browser, site: Site) -> Iterator[Page]:
    """A page whose tools stay from one test to the next: its blocks are one that continues, and two."""
    context = browser.new_context()
    page = context.new_page()
    continues = Example("y: str = x\n", before=["import os\nx: int = ''\n", "z = 1\n"])
    page.goto(site.page(continues, WRONG, CLEAN))
    yield page
    context.close()


def test_lines_are_those_of_the_block(bench: Page) -> None:
    """What a block continues from is known, and neither reported nor counted."""
    block = Block(bench, 1)
    checked(block, "Types")
    checked(block, "Lint")
    expect(findings(block)).to_have_count(1)
    expect(findings(block)).to_have_text(re.compile("^line 1: Incompatible types in assignment"))


def test_editing_withdraws_findings(bench: Page) -> None:
    """What was said of other code is gone; the edited code is what is checked, and Reset undoes all."""
    block = Block(bench, 2)
    checked(block, "Types")
    expect(block.marks).to_have_count(1)
    block.editor.fill("x: int = 1\n\n\n# more\ny: str = x")
    expect(findings(block)).to_have_count(0)
    expect(block.root.locator(".pp-check").first).to_be_hidden()
    checked(block, "Types")
    expect(findings(block)).to_have_text(re.compile("^line 5: "))
    block.menu_item("Reset").click()
    expect(findings(block)).to_have_count(0)


def test_an_edit_of_the_same_size_is_read_anew(bench: Page) -> None:
    """What is found is of the code as it is now, however soon after the last check and whatever its size."""
    block = Block(bench, 3)
    block.button("Edit").click()
    for source, errors in [("x: int = 'a'", 1), ("x: str = 'a'", 0)] * 3:
        block.editor.fill(source)
        checked(block, "Types")
        expect(findings(block)).to_have_count(errors)


def test_packages_of_an_environment(page: Page, site: Site) -> None:
    """Types is not offered where mypy in the page lacks the packages; Lint needs none."""
    block = opened(page, site, Example("import humanize\n", environment="small"))
    expect(block.menu_item("Lint")).to_be_visible()
    expect(block.menu_item("Types")).to_have_count(0)


def test_runs_leave_findings(page: Page, site: Site) -> None:
    """Where a run ends is marked beside what tools have found, until the next run; findings stay."""
    block = opened(page, site, Example("import os\n\nx = 1 / 0\n"))
    checked(block, "Lint")
    block.run_until("error")
    expect(findings(block)).to_have_text(
        ["line 3: division by zero (ZeroDivisionError)", re.compile("^line 1: ")]
    )
    expect(block.marks).to_have_count(2)
    checked(block, "Lint")
    expect(findings(block)).to_have_count(2)


def test_editing_while_a_check_runs(page: Page, site: Site) -> None:
    """A report on code that has changed since is not shown."""
    block = opened(page, site, WRONG, CLEAN)
    block.button("Edit").click()
    block.menu_item("Types").click()
    block.editor.fill("x: int = 2")
    other = Block(page, 2)
    checked(other, "Types")
    expect(findings(block)).to_have_count(0)
    expect(block.root.locator(".pp-check").first).to_be_hidden()


def test_what_only_native_ran_is_checked(page: Page, site: Site) -> None:
    """A block that cannot run here has Types and Lint, and no Run; one that nobody ran has nothing."""
    block = opened(
        page,
        site,
        Example("import os\n", runnable=False, native=True),
        Example("import os\n", runnable=False),
    )
    expect(block.button("Run")).to_have_count(0)
    checked(block, "Lint")
    expect(findings(block)).to_have_count(1)
    block.editor.press("Control+Enter")
    expect(block.root).to_have_attribute("data-state", "idle")
    page.keyboard.press("Escape")
    expect(block.menu).to_be_focused()
    expect(Block(page, 2).root.get_by_role("button")).to_have_text(["Copy"])


def test_nothing_is_fetched_before_a_click(page: Page, site: Site) -> None:
    """Each tool is fetched when it is first asked, and not again."""
    names = requested(page, TOOLS)
    block = opened(page, site, CLEAN)
    block.run_until("done")
    assert names == []
    checked(block, "Lint")
    assert "ruff.bin" in names
    assert not [name for name in names if name.endswith(".whl")]
    fetched = len(names)
    checked(block, "Lint")
    assert len(names) == fetched


def worker(page: Page, tool: str) -> Worker:
    """The worker of a tool."""
    return next(worker for worker in page.workers if worker.evaluate("self.name") == tool)


def test_progress_and_cancel(page: Page, site: Site) -> None:
    """While a tool is fetched one sees how much there is of how much; Cancel ends it, and the focus stays."""
    with held(page, "mypy-2*.whl"):
        block = opened(page, site, WRONG)
        block.menu_item("Types").press("Enter")
        bar = block.root.get_by_role("progressbar", name="Fetching mypy")
        expect(bar).to_be_visible()
        expect(row(block, "mypy")).to_contain_text(re.compile(r"Fetching mypy\u2026\s*1\.8 of 9\.7 MB"))
        assert bar.evaluate("bar => bar.max") > 8_000_000
        cancel = block.root.get_by_role("button", name="Cancel Types of example 1")
        with worker(page, "mypy").expect_event("close"):
            cancel.press("Enter")
        expect(block.root.get_by_role("status").filter(has_text="Cancelled.")).to_be_visible()
        expect(block.menu).to_be_focused()
    checked(block, "Types")
    expect(findings(block)).to_have_count(1)


def test_one_worker_serves_all_blocks(page: Page, site: Site) -> None:
    """What waits for another block's check is told, and served by the same worker."""
    names = requested(page, TOOLS)
    block = opened(page, site, WRONG, WRONG)
    other = Block(page, 2)
    block.menu_item("Types").click()
    other.menu_item("Types").click()
    expect(row(other, "mypy")).to_contain_text("Waiting for mypy")
    for asked in (block, other):
        expect(findings(asked)).to_have_count(1)
    assert names.count("mypy-worker.js") == 1


MISSING = [
    ("Lint", "ruff-worker.js"),
    ("Lint", "settings.json"),
    ("Lint", "map.json"),
    ("Lint", "ruff.js"),
    ("Lint", "ruff.bin"),
    ("Types", "mypy_extensions-1.2.0-py3-none-any.whl"),
    ("Types", "pyodide.js"),
]
"""Files that a tool takes, with the button that asks for it."""


@pytest.mark.parametrize(("button", "name"), sampled(MISSING, 3))
def test_a_missing_file_is_named(page: Page, site: Site, problems: list[str], button: str, name: str) -> None:
    """Without one of its files, of which a third is tried, a tool says so, and the button tries again."""
    with missing(page, name):
        block = opened(page, site, WRONG)
        block.menu_item(button).click()
        status = block.root.get_by_role("status").filter(has_text="could not start")
        expect(status).to_contain_text(name)
        expect(status).to_contain_text("Check the connection")
    checked(block, button)
    expect(findings(block).first).to_be_visible()
    problems.clear()  # the browser notes the 404


@pytest.mark.parametrize("body", [b"short", bytes(5_000_000)], ids=["cut short", "another"])
def test_a_damaged_file(page: Page, site: Site, body: bytes) -> None:
    """A file that is not the one that the build wrote is not used."""
    page.context.route("**/ruff.bin", lambda route: route.fulfill(body=body))
    block = opened(page, site, WRONG)
    block.menu_item("Lint").click()
    expect(block.root.get_by_role("status").filter(has_text="Ruff could not start")).to_contain_text(
        "ruff.bin"
    )


def test_sessions_are_not_checked(page: Page, site: Site) -> None:
    """Tools that read whole programs are not offered for a session."""
    block = opened(page, site, Example(">>> 1 + 1\n2\n", language="pycon"))
    expect(block.button("Run")).to_be_visible()
    expect(block.menu_item("Share")).to_be_visible()
    expect(block.menu_item("Types")).to_have_count(0)


def test_leaving_the_page_ends_checks(page: Page, site: Site) -> None:
    """A page that is left and kept by the browser has no worker; it checks again for who comes back."""
    with held(page, "ruff.bin"):
        block = opened(page, site, WRONG)
        block.menu_item("Lint").click()
        expect(block.root.get_by_role("progressbar")).to_be_visible()
        with worker(page, "Ruff").expect_event("close"):
            page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
        expect(block.root.get_by_role("status").filter(has_text="Cancelled.")).to_be_visible()
    checked(block, "Lint")
    expect(findings(block).first).to_be_visible()
