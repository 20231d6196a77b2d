"""The rules of a site as pages list them: `listed(page, catalogue, tools)`."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from proven.model import TOOLS, Page, short
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule
from proven.verify.provenance import Tools


@dataclass(frozen=True, slots=True)
class Listed:
    """A rule, with what a list shows of it and is filtered by."""

    rule: Rule
    href: str
    """From the page that lists it."""
    topic: str
    """The folder of its topic."""
    must: str
    versions: tuple[str, ...]
    """The versions of Python that it speaks about, of those that the site is verified on: `3.12`."""
    tools: tuple[str, ...]
    """What finds it; `no-linter` where Ruff does not, and `none` where nothing does."""
    words: str
    """What else it is looked for by."""


def listed(page: Page, catalogue: Catalogue, tools: Tools) -> Iterator[Listed]:
    """Each rule, in the order of codes.

    Args:
        page: The page that lists them.
        catalogue: The site.
        tools: What it was verified with.
    """
    for rule in catalogue.rules:
        names = [name for detector in rule.detectors for name in (detector.code, detector.name)]
        yield Listed(
            rule=rule,
            href="../" * (page.name.count("/") + 1) + rule.path,
            topic=PurePosixPath(rule.name).parent.as_posix(),
            must=LEVELS[rule.level],
            versions=tuple(_spoken_about(rule.python, tools)),
            tools=tuple(_found_by(rule)),
            words=" ".join([short(rule.code), *rule.page.front.keywords, *names]),
        )


FOUND_BY = (*TOOLS.items(), ("no-linter", "no linter"), ("none", "no tool"))
"""What finds a rule, as a list says it."""


def versions(tools: Tools) -> list[str]:
    """The versions of Python that a site is verified on, oldest first: `3.12`."""
    return list(dict.fromkeys(_minor(release) for release in _releases(tools)))


def topics(catalogue: Catalogue) -> list[tuple[str, str]]:
    """The topics in reading order: folder and title."""
    return [(PurePosixPath(topic.path).parent.name, topic.title) for topic in catalogue.topics]


def _found_by(rule: Rule) -> Iterator[str]:
    yield from dict.fromkeys(detector.tool for detector in rule.detectors)
    if all(detector.tool != "ruff" for detector in rule.detectors):
        yield "no-linter"
    if not rule.detectors:
        yield "none"


def _spoken_about(python: str, tools: Tools) -> Iterator[str]:
    spoken = SpecifierSet(python)
    yield from dict.fromkeys(_minor(release) for release in _releases(tools) if release in spoken)


def _releases(tools: Tools) -> list[Version]:
    return sorted({Version(interpreter.release) for interpreter in tools.interpreters})


def _minor(release: Version) -> str:
    return f"{release.major}.{release.minor}"
