"""Hold the pages of a site against each other: `check(root, site) -> failures`."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from proven import detectors
from proven.check import waivers
from proven.collect import prose
from proven.collect.frontmatter import fail
from proven.lint.rules import ruff_rules
from proven.model import Failure, Page, RulePage, Site
from proven.project import DETECTORS
from proven.rules import address_list, ledger, left_out, references, structure, wording
from proven.run import measurements


def check(root: Path, site: Site) -> list[Failure]:
    """What is wrong between the pages of a site, and with the structure of each.

    Args:
        root: The project's folder.
        site: All pages.
    """
    failures = list(_disagreements(root, site))
    if not failures and site.rules and site.complete:
        # what leads where can be said of a site that holds together
        failures = list(address_list.check(root, site))
    return sorted(failures)


def _disagreements(root: Path, site: Site) -> Iterator[Failure]:
    rules = site.rules
    for key in ("code", "title", "short"):
        for page, first in _repeated(site.pages, key):
            message = f"{key} {getattr(page.front, key)!r} is that of {first.path} too"
            yield fail(page, [key], message, "Choose another.")
    yield from ledger.ambiguous(site.pages)
    if site.complete:
        yield from ledger.check(root, rules, site.docs)
        yield from _course_problems(site)
    for page in rules.values():
        yield from _detectors(page)
        if site.complete:
            yield from _related(page, rules)
    for page in site.pages:
        if page.failures:
            continue  # what it lacks may stand in the fences that are wrong
        tokens = prose.parse(page.text)
        if isinstance(page, RulePage):
            yield from structure.check(page, tokens)
            yield from wording.check(page, tokens)
        if rules:
            yield from references.check(page, tokens)
            yield from references.miscited(page, rules)
    yield from references.inconsistent(rules.values())
    if rules and site.complete:
        yield from waivers.skipped_too_many(site.blocks)
    if site.complete:
        own = [path.relative_to(root).as_posix() for path in (root / site.docs).rglob(f"*{DETECTORS}")]
        yield from detectors.orphans(own, rules.values())
        yield from measurements.leftover(root, site.blocks)
        yield from left_out.check(root, rules.values())


def _related(page: RulePage, rules: Mapping[str, RulePage]) -> Iterator[Failure]:
    """The related rules that are not there, or do not name the rule in turn."""
    for other in page.front.see_also:
        if other not in rules:
            message = f"see-also names {other}, which does not exist"
            yield fail(page, ["see-also"], message, "Name a rule's code.")
        elif page.code not in rules[other].front.see_also:
            message = f"{other} does not name {page.code}"
            yield fail(page, ["see-also"], message, f"Add it in {rules[other].path}.")


def _detectors(page: RulePage) -> Iterator[Failure]:
    """The detectors of a rule that Ruff does not have."""
    for name in page.front.detectors:
        if name not in ruff_rules():
            message = f"Ruff has no rule {name!r}"
            yield fail(page, ["detectors"], message, "List them: ruff rule --all")


def _repeated(pages: Iterable[Page], key: str) -> Iterator[tuple[Page, Page]]:
    seen: dict[str, Page] = {}
    for page in pages:
        value = getattr(page.front, key, "")
        if value and seen.setdefault(value, page) is not page:
            yield page, seen[value]


def _course_problems(site: Site) -> Iterator[Failure]:
    for page in site.pages:
        if page.front.course is not None:
            for message, remedy in _course_of(site, page):
                yield fail(page, ["course"], message, remedy)


def _course_of(site: Site, index: Page) -> Iterator[tuple[str, str]]:
    members = set(site.members(index))
    named = [name for part in index.front.course or () for name in part.rules]
    for name in named:
        if name not in members:
            yield (
                f"course names {name!r}, which is no rule or topic here",
                f"There are: {', '.join(sorted(members))}.",
            )
        if named.count(name) > 1:
            yield f"course names {name!r} twice", "Keep one."
    for name in sorted(members - set(named)):
        yield f"course leaves out {name!r}", "Add it where it belongs in reading order."
