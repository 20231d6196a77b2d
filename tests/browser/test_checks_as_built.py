"""What the tools of the build say of the site's own blocks is what readers are told in the page.

- Of every block of the site, mypy and Ruff say in the page what they say in the build
"""

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page, expect

from proven.check.lint import is_checked
from proven.check.marks import marked
from proven.collect.pages import read_pages
from proven.lint.ask import ask
from proven.lint.request import Request
from proven.model import NATIVE, Block, Finding, Findings
from proven.project import Project
from proven.rules.coverage import CoverageMap

from ..sampling import sampled
from . import driver
from .checking import checked, findings
from .driver import opened
from .page import Example, Site

LISTED = re.compile(r"line (\d+): (.*) \(([\w-]+)\)\s*(\S.*)?", re.DOTALL)
"""A finding as it is shown: its line, message and code, and the title of the page that covers it."""

type Said = list[tuple[int, str, str]]


@pytest.fixture(scope="module")
def blocks(tools: Project) -> list[Block]:
    """Every block of the site that a detector or a type checker finds something in."""
    every = [block for page in read_pages(tools, tools.pages()) for block in page.blocks]
    return [block for block in every if is_checked(block) and (block.role == "avoid" or marked(block))]


def seen(tools: Project, rules: CoverageMap, blocks: list[Block], typed: bool) -> dict[str, Findings]:
    """What the tools of the build say of blocks, by their addresses."""
    requests = [Request(block, typed=typed) for block in blocks]
    return ask(tools, requests, list(rules["ruff"]), [], lambda *_: None)()


def examples(blocks: Iterable[Block]) -> list[Example]:
    """The blocks on a page of the tests' own."""
    return [Example(block.code, before=[source.source for source in block.before]) for block in blocks]


def told(block: driver.Block, button: str) -> Said:
    """What a tool says of a block in the page, less where the formatter differs."""
    checked(block, button)
    matches = [LISTED.match(text) for text in findings(block).all_inner_texts()]
    assert all(matches)
    return sorted((int(match[1]), match[3], match[2]) for match in matches if match)


def said(listed: Iterable[Finding]) -> Said:
    """The same, of the build; mypy there knows the block by another name."""
    return sorted(
        (finding.line, finding.code, re.sub(r"\bblock_\d+\b", "example", finding.message))
        for finding in listed
    )


def test_ruff(page: Page, site: Site, tools: Project, rules: CoverageMap, blocks: list[Block]) -> None:
    """Ruff finds the same in a block, with the page that declares it; each detector finds something."""
    built = seen(tools, rules, blocks, typed=False)
    assert set(rules["ruff"]) <= {finding.code for block in blocks for finding in built[block.address].lint}
    blocks = sampled(blocks, 20)
    opened(page, site, *examples(blocks), detectors=rules["ruff"])
    for number, block in enumerate(blocks, 1):
        shown = driver.Block(page, number)
        listed = told(shown, "Lint")
        of_rules = [finding for finding in listed if finding[1] != "format"]
        assert of_rules == said(built[block.address].lint), block.address
        codes = {code for _, code, _ in listed}
        readable = "invalid-syntax" not in codes  # on the oldest Python
        assert not readable or ("format" in codes) == bool(built[block.address].format), block.address
        for code in codes & set(rules["ruff"]):
            title = rules["ruff"][code]["title"]
            expect(findings(shown).filter(has_text=f"({code})").first).to_contain_text(title)


def test_mypy(page: Page, site: Site, tools: Project, rules: CoverageMap, blocks: list[Block]) -> None:
    """mypy says the same of a block that has marks; packages of environments it sees in the build only."""
    blocks = sampled([block for block in blocks if marked(block) and block.environment == NATIVE])
    built = seen(tools, rules, blocks, typed=True)
    opened(page, site, *examples(blocks))
    for number, block in enumerate(blocks, 1):
        assert told(driver.Block(page, number), "Types") == said(built[block.address].mypy), block.address
    assert blocks
