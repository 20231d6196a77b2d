"""What all exports are made from: the rules of a site, as data.

`catalogue(project, site, site_url) -> Catalogue` is the one reading of pages and ledger
that exports, generated pages and `proven annotate` share.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import PurePosixPath

from proven import ledger
from proven.check.marks import errors
from proven.collect import prose
from proven.ledger import Entry
from proven.lint.rules import closeness, detectors, ruff_rules
from proven.model import Block, Checker, Detector, Interpreter, Page, Result, RulePage, Site
from proven.project import Project
from proven.run.cache import Known
from proven.structure import EXCEPTION

LOCAL = "http://127.0.0.1:8000/"
"""The address that `mkdocs serve` serves at: what exports name when the site has no public one."""

LEVELS = {"error": "must", "warning": "should", "note": "consider"}

type Results = Callable[[Block], Mapping[Interpreter, Result]]
"""What is known of a block, by the interpreter that ran it."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A case in which a rule does not hold: `PX017-EX1`."""

    code: str
    text: str
    """Its sentences, without markup."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule page, as data."""

    page: RulePage
    topic: Page
    """The index of its topic."""
    detectors: tuple[Detector, ...]
    exemptions: tuple[Exemption, ...]
    former: tuple[str, ...]
    """Where it was before, and the codes and addresses of rules that it replaces."""

    @property
    def code(self) -> str:
        """Its permanent code: `PX017`."""
        return self.page.front.code

    @property
    def title(self) -> str:
        """Its statement."""
        return self.page.front.title

    @property
    def summary(self) -> str:
        """One sentence, enough to act on."""
        return self.page.front.summary

    @property
    def level(self) -> str:
        """How it binds, in SARIF's words: error, warning or note."""
        return self.page.front.level

    @property
    def python(self) -> str:
        """The versions that it speaks about, as PEP 440 has it: `>=3.11`."""
        return self.page.front.python

    @property
    def name(self) -> str:
        """Where it is on the site: `async/task-references`."""
        return self.page.name

    @property
    def slug(self) -> str:
        """The last part of its name, which no other rule has: `task-references`."""
        return PurePosixPath(self.name).name

    @property
    def path(self) -> str:
        """Its address from the site's root: `async/task-references/`."""
        return self.page.address


@dataclass(frozen=True)
class Catalogue:
    """All rules of a site, in the order of their codes, and what else exports say."""

    rules: tuple[Rule, ...]
    removed: tuple[Entry, ...]
    topics: tuple[Page, ...]
    """The indexes of topics, in reading order."""
    site_url: str
    """The site's public address, or `LOCAL`; ends in a slash."""
    project: Project
    site: Site
    interpreters: Callable[[], list[Interpreter]]
    """Gives what blocks are verified on, which has to be installed for that."""
    results: Results
    version: str
    """Of this package, `0.1.0`."""

    def url(self, path: str) -> str:
        """The whole address of a path of the site: `async/timeouts/#why`."""
        return self.site_url + path

    @cached_property
    def by_code(self) -> dict[str, Rule]:
        """The rules by code."""
        return {rule.code: rule for rule in self.rules}

    @cached_property
    def by_detector(self) -> dict[Detector, list[Rule]]:
        """The rules that each tool's rule detects a violation of, the closest first; by tool and code."""
        found: dict[Detector, list[Rule]] = {}
        for rule in self.rules:
            for one in rule.detectors:
                found.setdefault(one, []).append(rule)
        order = sorted(found, key=lambda one: (one.tool != "ruff", one.tool, one.code))
        return {one: sorted(found[one], key=lambda rule: closeness(rule.page, one.name)) for one in order}


def catalogue(project: Project, site: Site, site_url: str) -> Catalogue:
    """Read pages and ledger as data.

    Args:
        project: The site's folder, which has the ledger, and what is known of its blocks.
        site: All pages, which have been checked.
        site_url: The site's public address; empty when it has none.
    """
    entries = ledger.read(project.root)
    indexes = {PurePosixPath(page.path).parent: page for page in site.pages if page.front.course is not None}
    home = indexes.get(PurePosixPath("docs"))
    topics = [topic for _, part in site.course(home) for topic in part] if home else []
    rules = tuple(
        Rule(
            page=page,
            topic=indexes[PurePosixPath(page.path).parent],
            detectors=tuple(found_by(page)),
            exemptions=tuple(exemptions(page)),
            former=page.front.aliases,
        )
        for page in site.rules.values()
    )
    interpreters = cache(project.interpreters)
    return Catalogue(
        rules=rules,
        removed=tuple(entry for entry in entries.values() if entry.removed),
        topics=tuple(topics),
        site_url=f"{(site_url or LOCAL).rstrip('/')}/",
        project=project,
        site=site,
        interpreters=interpreters,
        results=_known(project, site, interpreters),
        version=version("proven-python"),
    )


def _known(project: Project, site: Site, everywhere: Callable[[], list[Interpreter]]) -> Results:
    """What is known of blocks; read once, since several exports ask."""
    known = Known(project)
    pages = {page.path: page for page in site.pages}
    read: dict[str, Mapping[Interpreter, Result]] = {}

    def results(block: Block) -> Mapping[Interpreter, Result]:
        if block.address not in read:
            read[block.address] = known.results(pages[block.path], block, everywhere())
        return read[block.address]

    return results


def found_by(page: RulePage) -> Iterator[Detector]:
    """The rules of Ruff that a page declares, and what type checkers are shown to report under its Avoid."""
    for code, name in detectors(page).items():
        yield Detector("ruff", code, name, ruff_rules()[name].url)
    lines = [line for block in page.blocks if block.role == "avoid" for line in block.code.splitlines()]
    checkers: tuple[Checker, ...] = ("mypy", "pyright")
    for tool in checkers:
        for code in sorted({code for line in lines for code in errors(tool, line)}):
            yield Detector(tool, code, code)


def exemptions(page: Page) -> Iterator[Exemption]:
    """The numbered exceptions of a rule page, in their order."""
    for token in prose.parse(page.text):
        match = EXCEPTION.match(token.content) if token.type == "inline" else None
        if match:
            words = [
                child.content if child.type in ("text", "code_inline") else " "
                for child in token.children or ()
                if child.type in ("text", "code_inline", "softbreak", "hardbreak")
            ]
            text = "".join(words).removeprefix(match[1]).strip()
            yield Exemption(match[1], text)
