"""The addresses of a site that are no pages: `redirects(site, entries, published)`.

Codes, slugs, aliases, exceptions and the rules of tools each have one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from proven.model import TOOLS, Page, RulePage, Site
from proven.rules.coverage import by_detector
from proven.rules.ledger import Entry
from proven.rules.rule import exemptions

_EXCEPTION = re.compile(r"(PX\d+)-EX\d+/")


@dataclass(frozen=True, slots=True)
class Redirect:
    """What is at an address that is no page's own."""

    target: str
    """From the site's root: `async/timeouts/#why`; empty if nothing replaces a rule that was removed."""
    title: str
    """What is there, for readers."""
    removed: str = ""
    """Why the rule that was here is gone; then nobody is led on unasked."""
    replacement: str = ""
    """What to read instead, for readers."""


def pages(site: Site) -> dict[str, Page]:
    """The pages of a site by address: `async/timeouts/`, `async/`; the home page's is empty."""
    return {page.address: page for page in site.pages}


def variants(address: str) -> list[str]:
    """An address as it is written, and in lower case; 404.html resolves every other spelling."""
    return list(dict.fromkeys([address, address.lower()]))


def redirects(site: Site, entries: Iterable[Entry], published: Iterable[str]) -> dict[str, Redirect]:
    """What is at each address that is no page's own, sorted; without variants.

    Args:
        site: All pages, whose codes and aliases have been checked.
        entries: The ledger of codes.
        published: Every address that there ever was.
    """
    own, leads = pages(site), dict[str, Redirect]()
    removed = [entry for entry in entries if entry.removed]
    for source in (_of_removed(removed, site), _of_rules(site), _of_other_pages(site), _of_tools(site)):
        for address, lead in source:
            leads.setdefault(address, lead)
    gone = {address: _of_gone(address, leads, site) for address in published if address not in leads}
    leads |= {address: lead for address, lead in gone.items() if lead}
    return {address: lead for address, lead in sorted(leads.items()) if address not in own}


def _of_removed(removed: list[Entry], site: Site) -> Iterator[tuple[str, Redirect]]:
    for entry in removed:
        other = site.rules.get(entry.replacement)
        lead = Redirect(
            target=other.address if other else "",
            title=f"{entry.code} was removed",
            removed=entry.removed,
            replacement=other.label if other else "",
        )
        for name in names(entry.code, entry.page, *entry.former):
            yield f"{name}/", lead


def _of_rules(site: Site) -> Iterator[tuple[str, Redirect]]:
    for code, page in site.rules.items():
        path, title = page.address, page.label
        for name in names(code, page.name, *page.front.aliases):
            yield f"{name}/", Redirect(path, title)
        for exemption in exemptions(page):
            yield (
                f"{exemption.code}/",
                Redirect(f"{path}#{exemption.code}", f"{exemption.code}: {page.title}"),
            )


def _of_other_pages(site: Site) -> Iterator[tuple[str, Redirect]]:
    for page in site.pages:
        if not isinstance(page, RulePage):
            for alias in page.front.aliases:
                yield f"{alias}/", Redirect(page.address, page.label)


def names(*whole: str) -> list[str]:
    """Names, and the last part of each."""
    return [*whole, *map(slug, whole)]


def slug(name: str) -> str:
    """The last part of a name, which is an address too: `task-references`."""
    return PurePosixPath(name).name


def _of_tools(site: Site) -> Iterator[tuple[str, Redirect]]:
    for detector, (closest, *others) in by_detector(site.rules.values()).items():
        lead = Redirect(closest.address, closest.label)
        if others and (index := _index(site)):
            words = dict.fromkeys([TOOLS[detector.tool], detector.code, detector.name])
            lead = Redirect(
                f"{index.address}#{detector.tool}-{detector.code}", f"Rules for {' '.join(words)}"
            )
        for name in (detector.code, detector.name):
            yield f"{detector.tool}/{name}/", lead


def _index(site: Site) -> Page | None:
    """The page that lists rules by tool."""
    return next(iter(site.generated("tools")), None)


def _of_gone(address: str, leads: Mapping[str, Redirect], site: Site) -> Redirect | None:
    """What is now at the address of an exception, or of a tool's rule, that no rule has any more."""
    if match := _EXCEPTION.fullmatch(address):
        lead = leads.get(f"{match[1]}/")
        if lead is None or lead.removed:
            return lead
        return Redirect(f"{lead.target}#exceptions", lead.title)
    tool, index = address.partition("/")[0], _index(site)
    return Redirect(f"{index.address}#{tool}", index.label) if tool in TOOLS and index else None
