"""Read the pages of a site and hold them against each other."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from proven import destinations, external, ledger, structure, waivers
from proven.collect import collect
from proven.detectors import ruff_rules
from proven.frontmatter import fail
from proven.model import Failure, Failures, Page, RulePage, Site
from proven.project import Project


def read_pages(project: Project, files: Iterable[Path]) -> list[Page]:
    """Read pages of a project, each by itself with what it includes.

    Raises:
        Failures: Everything that is wrong within any of the pages.
    """
    pages: list[Page] = []
    failures: list[Failure] = []
    for file in sorted(files):
        name = project.name(file)
        try:
            pages.append(_read(project, name, decode(name, file.read_bytes())))
        except Failures as wrong:
            failures += wrong.failures
    if failures:
        raise Failures(failures)
    return pages


def _read(project: Project, name: str, text: str) -> Page:
    settings = project.settings
    if settings.snippets is None:
        return collect(name, text, rules=settings.rules)
    from proven.snippets import expand  # seldom needed, and slow to import

    whole = expand(name, text.replace("\r\n", "\n"), project.root, settings)
    page = collect(name, whole.text, whole.places, settings.rules)
    return replace(page, included=whole.included)


def decode(name: str, content: bytes) -> str:
    """A page's text.

    Raises:
        Failures: It is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Failures([Failure(name, line, "not UTF-8 text", "Save the file as UTF-8.")]) from None


def check(root: Path, site: Site) -> list[Failure]:
    """What is wrong between the pages of a site, and with the structure of each.

    Args:
        root: The project's folder.
        site: All pages.
    """
    from proven import published  # here, since it reads a site

    found = list(_disagreements(root, site))
    if not found and site.rules:  # what leads where can be said of a site that holds together
        found = list(published.check(root, site))
    return sorted(found, key=lambda one: (one.path, one.line))


def _disagreements(root: Path, site: Site) -> Iterator[Failure]:
    rules = site.rules
    for key in ("code", "title"):
        for page, first in _repeated(site.pages, key):
            message = f"{key} {getattr(page.front, key)!r} is that of {first.path} too"
            yield fail(page, [key], message, "Choose another.")
    yield from ledger.check(root, rules)
    yield from ledger.ambiguous(site.pages)
    for page in rules.values():
        yield from _names(page, rules)
    for page in site.pages:
        tokens = destinations.parse(page.text)
        if isinstance(page, RulePage):
            yield from structure.check(page, tokens)
        if rules:
            yield from external.check(page, tokens)
        if page.front.course is not None:
            for message, remedy in _course_problems(site, page):
                yield fail(page, ["course"], message, remedy)
    yield from external.inconsistent(rules.values())
    if rules:
        yield from waivers.skipped_too_many(site.blocks)


def _names(page: RulePage, rules: Mapping[str, RulePage]) -> Iterator[Failure]:
    """Rules and detectors that a rule names are there."""
    for other in page.front.see_also:
        if other not in rules:
            message = f"see-also names {other}, which does not exist"
            yield fail(page, ["see-also"], message, "Name a rule's code.")
        elif page.code not in rules[other].front.see_also:
            message = f"{other} does not name {page.code}"
            yield fail(page, ["see-also"], message, f"Add it in {rules[other].path}.")
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


def _course_problems(site: Site, index: Page) -> Iterator[tuple[str, str]]:
    there = set(site.members(index))
    named = [name for part in index.front.course or () for name in part.rules]
    for name in named:
        if name not in there:
            yield (
                f"course names {name!r}, which is no rule or topic here",
                f"There are: {', '.join(sorted(there))}.",
            )
        if named.count(name) > 1:
            yield f"course names {name!r} twice", "Keep one."
    for name in sorted(there - set(named)):
        yield f"course leaves out {name!r}", "Add it where it belongs in reading order."
