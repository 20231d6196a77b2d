"""Readers run blocks that import packages: only those are fetched, and nothing is left of them."""

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from proven.collect.blocks import collect
from proven.project import BROWSER, Project
from proven.project.packages import Packages, closure

from ..conftest import PACKAGES
from ..sampling import sampled
from ..workspace import Workspace
from .conftest import served
from .driver import Block, held, missing, requested

BLOCKS = collect("docs/index.md", (PACKAGES / "docs" / "index.md").read_text("utf-8")).blocks
PYDANTIC, MORE_ITERTOOLS, MISSING = 1, 6, len(BLOCKS)


@pytest.fixture(scope="session")
def packages(tools: Project) -> Packages:
    """What is locked."""
    return tools.packages


@pytest.fixture(scope="session")
def shop(built_packages: Workspace) -> Iterator[str]:
    """The address of the site."""
    with served(built_packages.root / "site") as url:
        yield url


def opened(page: Page, shop: str, number: int) -> Block:
    """A block of the page."""
    page.goto(shop)
    return Block(page, number)


def edited(page: Page, shop: str, source: str) -> Block:
    """A block whose code has been replaced."""
    block = opened(page, shop, MORE_ITERTOOLS)
    block.button("Edit").click()
    block.editor.fill(source)
    return block


def test_blocks_give_what_was_recorded(page: Page, shop: str, subtests: pytest.Subtests) -> None:
    """Each prints in Chromium what it printed in Node when the site was built."""
    page.goto(shop)
    for number in sampled([block.number for block in BLOCKS]):
        with subtests.test(number=number):
            block = Block(page, number)
            block.run()
            same = "Same output and exception" if number == MISSING else "Same output"
            expect(block.status).to_have_text(f"{same} as recorded.", timeout=60_000)


def test_only_what_a_block_imports_is_fetched(page: Page, shop: str, packages: Packages) -> None:
    """Those packages and what they depend on, once; nothing before a reader turns to the block."""
    names = requested(page, "/assets/packages/")
    block = opened(page, shop, PYDANTIC)
    page.wait_for_load_state("networkidle")
    assert names == []
    block.run()
    expect(block.status).to_have_text("Same output as recorded.", timeout=60_000)
    needed = [wheel.file for wheel in closure(packages.wheels(BROWSER), ["pydantic"])]
    assert sorted(names) == sorted([f"{BROWSER}.json", *needed])


def test_packages_are_fetched_on_intent(page: Page, shop: str, packages: Packages) -> None:
    """The pointer in a block has its packages fetched; the run then fetches none."""
    names = requested(page, "/assets/packages/")
    block = opened(page, shop, MORE_ITERTOOLS)
    wheel = packages.wheels(BROWSER)["more-itertools"].file
    done = page.context.expect_event(
        "requestfinished", lambda request: request.url.endswith(wheel), timeout=60_000
    )
    with done:
        block.root.hover()
    block.run()
    expect(block.status).to_have_text("Same output as recorded.", timeout=60_000)
    assert names == [f"{BROWSER}.json", wheel]


def test_what_is_fetched_is_shown(page: Page, shop: str, packages: Packages) -> None:
    """Until the packages are there the block names them, with the size of all that they take."""
    with held(page, "pydantic_core-*"):
        block = opened(page, shop, PYDANTIC)
        block.run()
        size = sum(wheel.size for wheel in closure(packages.wheels(BROWSER), ["pydantic"])) / 1e6
        expect(block.status).to_have_text(f"Fetching pydantic ({size:.1f} MB)")
        block.reaches("starting")
        block.button("Stop").click()
        block.reaches("stopped")
        expect(block.status).to_have_text("Stopped.")
    block.run_until("done")


def test_a_package_that_cannot_be_fetched_is_named(
    page: Page, shop: str, problems: list[str], packages: Packages
) -> None:
    """The recorded output stays, and Run tries again."""
    name = packages.wheels(BROWSER)["more-itertools"].file
    with missing(page, name):
        block = opened(page, shop, MORE_ITERTOOLS)
        block.run_until("error")
        expect(block.status).to_contain_text(name)
        expect(block.output.locator("pre")).to_have_text("[[0, 1], [2, 3], [4]]\n")
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    problems.clear()


def test_nothing_is_left_for_the_next_run(page: Page, shop: str) -> None:
    """A package that one run had is not there for a run that does not import it."""
    block = opened(page, shop, MORE_ITERTOOLS)
    block.run_until("done")
    block.button("Edit").click()
    block.editor.fill("import sys\nprint('more_itertools' in sys.modules)\n__import__('more_itertools')")
    block.run_until("error")
    expect(block.screen).to_contain_text("False\n")
    expect(block.screen).to_contain_text("No module named 'more_itertools'")


def test_edited_code_can_import_other_packages(page: Page, shop: str) -> None:
    """Readers are not bound to what the block had."""
    block = edited(page, shop, "import typing_extensions as it\nprint(it.__name__)")
    block.run_until("done")
    expect(block.screen).to_have_text("typing_extensions\n")


def test_a_missing_import_says_what_there_is(page: Page, shop: str) -> None:
    """The error names what blocks can import."""
    block = edited(page, shop, "import numpy")
    block.run_until("error")
    expect(block.screen).to_contain_text("ModuleNotFoundError: No module named 'numpy'")
    expect(block.screen).to_contain_text(
        re.compile(r"besides the standard library: django,.* more_itertools,", re.S)
    )


def test_an_import_by_name_says_how(page: Page, shop: str) -> None:
    """A package that the code names in a string only was not fetched; the error says how it is."""
    block = edited(page, shop, "import idna, importlib\nimportlib.import_module('pydantic')")
    block.run_until("error")
    expect(block.screen).to_contain_text("It is there for code that says `import pydantic`")


def test_without_packages_there_is_the_standard_library(page: Page, shop: str) -> None:
    """On a site whose blocks import no package, an edited one learns that there are none."""
    nothing = json.dumps({"offered": [], "wheels": {}})
    page.context.route(f"**/packages/*/{BROWSER}.json", lambda route: route.fulfill(body=nothing))
    block = edited(page, shop, "import pydantic")
    block.run_until("error")
    expect(block.screen).to_contain_text("Blocks can import the standard library.")
