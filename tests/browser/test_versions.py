"""The reader's choice of the Python that blocks run on: one for the site."""

import pytest
from playwright.sync_api import Page, expect

from proven.project.package import BROWSER, NEWEST, aliases
from proven.toolchain.snapshots import WITHOUT_SNAPSHOT

from .driver import Block, opened, requested
from .page import Example, Site
from .test_starting import PYTHON

VERSIONS = tuple(aliases())
CHOICE = "Python version of the examples"

ASK = Example("import sys\n\nprint(sys.version_info[:2])\n", "(3, 14)\n", versions=VERSIONS)


def choose(block: Block, version: str) -> None:
    """Choose a version."""
    block.root.page.get_by_label(CHOICE).select_option(version)


@pytest.mark.parametrize("version", VERSIONS)
def test_runs_on_each_version(page: Page, site: Site, version: str) -> None:
    """A block runs on the version that is chosen, and asyncio, Stop and the next run work there too."""
    source = "import asyncio, sys\n\nasync def main():\n    await asyncio.sleep(0.001)\n"
    source += "    print(sys.version_info[:2])\n\nasyncio.run(main())\n"
    printed = f"({version.replace('.', ', ')})\n"
    block = opened(page, site, Example(source, printed, versions=VERSIONS))
    choose(block, version)
    block.run_until("done")
    expect(block.screen).to_have_text(printed)
    where = "" if version == BROWSER else f" on Python {version}"
    expect(block.status).to_have_text(f"Same output as recorded{where}.")
    block.run_until("done")


def test_only_the_chosen_version_is_fetched(page: Page, site: Site) -> None:
    """The others cost nothing."""
    seen: list[str] = []
    page.context.on("request", lambda request: seen.append(request.url))
    block = opened(page, site, ASK)
    choose(block, "3.12")
    block.run_until("done")
    assert any("/3.12/" in url for url in seen)
    others = set(VERSIONS) - {"3.12", BROWSER}
    assert not any(f"/{version}/" in url for url in seen for version in others)


def test_a_choice_during_a_run_is_for_the_next(page: Page, site: Site) -> None:
    """The verdict names the version that ran."""
    source = "import sys, time\n\nprint('started', flush=True)\ntime.sleep(2)\nprint(sys.version_info[1])\n"
    block = opened(page, site, Example(source, "started\n14\n", versions=VERSIONS))
    block.run()
    expect(block.screen).to_contain_text("started")
    choose(block, NEWEST)
    block.reaches("done")
    expect(block.status).to_have_text("Same output as recorded.")
    block.run_until("done")
    expect(block.status).to_have_text(f"Differs from the recorded output on Python {NEWEST}.")


def test_a_block_for_older_versions_runs_on_the_newest_of_them(page: Page, site: Site) -> None:
    """What 3.14 cannot run is offered on what can; with one version there is nothing to choose."""
    block = opened(page, site, Example(ASK.source, "(3, 13)\n", versions=("3.13",)))
    expect(page.get_by_label(CHOICE)).to_have_count(0)
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_starts_without_a_snapshot_where_there_is_none(page: Page, site: Site) -> None:
    """The version that has no snapshot is not asked for one."""
    names = requested(page, PYTHON)
    block = opened(page, site, ASK)
    choose(block, WITHOUT_SNAPSHOT)
    block.run_until("done")
    expect(block.root).to_have_attribute("data-start", "plain")
    assert "harness.json" in names


def test_one_choice_for_the_site(page: Page, site: Site) -> None:
    """All blocks follow the choice, on the next page too; it is forgotten with what is offered anyway."""
    block = opened(page, site, ASK, ASK)
    choose(block, "3.13")
    for number in (1, 2):
        Block(page, number).run_until("done")
        expect(Block(page, number).screen).to_have_text("(3, 13)\n")
    page.goto(site.page(ASK))
    expect(page.get_by_label(CHOICE)).to_have_value("3.13")
    choose(block, BROWSER)
    assert page.evaluate("localStorage.length") == 0


def test_what_the_choice_is_not_for(page: Page, site: Site) -> None:
    """A block that cannot run on the chosen version says on which it does, and runs on that."""
    older = Example(ASK.source, "(3, 12)\n", versions=("3.11", "3.12"))
    block = opened(page, site, ASK, older)
    other = Block(page, 2)
    expect(other.root.locator(".pp-head")).to_contain_text("Runs on Python 3.12")
    choose(block, "3.11")
    expect(other.root.locator(".pp-head")).not_to_contain_text("Runs on")
    choose(block, "3.13")
    other.run_until("done")
    expect(other.screen).to_have_text("(3, 12)\n")


def test_a_choice_that_cannot_be_remembered(page: Page, site: Site) -> None:
    """Where the browser stores nothing, it holds for the page."""
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused') } })"
    )
    block = opened(page, site, ASK)
    choose(block, "3.13")
    block.run_until("done")
    expect(block.screen).to_have_text("(3, 13)\n")
