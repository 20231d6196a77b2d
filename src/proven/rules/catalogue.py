"""What all exports are made from: the rules of a site, as data.

`catalogue(project, site, site_url) -> Catalogue` is the one reading of pages and ledger
that exports, generated pages and `proven annotate` share.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import PurePosixPath

from proven.model import Block, Detector, Interpreter, Page, Result, Site
from proven.project import Project
from proven.rules import ledger
from proven.rules.coverage import by_detector
from proven.rules.ledger import Entry
from proven.rules.rule import Rule, exemptions, found_by
from proven.run.cache import Known

LOCAL = "http://127.0.0.1:8000/"
"""The address that `mkdocs serve` serves at: what exports name when the site has no public one."""

type Results = Callable[[Block], Mapping[Interpreter, Result]]
"""What is known of a block, by the interpreter that ran it."""


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
    generated: Callable[[Page], str]
    """Gives what the build adds to a page that is made from data."""
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
        """The rules that are about the same as each tool's rule, the closest first; by tool and code."""
        covering = by_detector(rule.page for rule in self.rules)
        return {detector: [self.by_code[page.code] for page in pages] for detector, pages in covering.items()}


def catalogue(
    project: Project, site: Site, site_url: str, generated: Callable[[Page], str] = lambda page: ""
) -> Catalogue:
    """Read pages and ledger as data.

    Args:
        project: The site's folder, which has the ledger, and what is known of its blocks.
        site: All pages, which have been checked.
        site_url: The site's public address; empty when it has none.
        generated: Gives what the build adds to a page that is made from data.
    """
    entries = ledger.read(project.root)
    indexes = {page.inside.parent: page for page in site.pages if page.front.course is not None}
    home = indexes.get(PurePosixPath())
    listed = [topic for _, part in site.course(home) for topic in part] if home else []
    holding = {page.inside.parent for page in site.rules.values()}
    topics = [topic for topic in listed if topic.inside.parent in holding]
    rules = tuple(
        Rule(
            page=page,
            topic=indexes[page.inside.parent],
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
        generated=generated,
        version=version("proven-python"),
    )


def _known(project: Project, site: Site, everywhere: Callable[[], list[Interpreter]]) -> Results:
    """What is known of blocks; read once, since several exports ask."""
    recorded = Known.of(project)
    pages = {page.path: page for page in site.pages}
    read: dict[str, Mapping[Interpreter, Result]] = {}

    def results(block: Block) -> Mapping[Interpreter, Result]:
        if block.address not in read:
            read[block.address] = recorded.results(pages[block.path], block, everywhere())
        return read[block.address]

    return results


def site_title(catalogue: Catalogue) -> str:
    """What the site is called: the title of its home page."""
    return next((page.title for page in catalogue.site.pages if not page.address), "Proven Python")


def reading_order(catalogue: Catalogue) -> list[Page]:
    """All pages: home, each topic with its rules as its course has them, then the others by path."""
    site = catalogue.site
    order = [page for page in site.pages if not page.address]
    for topic in catalogue.topics:
        order += [topic, *(rule for _, part in site.course(topic) for rule in part)]
    first = {page.path: page for page in (*order, *site.pages)}
    return [*first.values()]
