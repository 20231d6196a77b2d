"""The front matter of a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """A source that a rule rests on."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class CoursePart:
    """Rules, or topics, that are read one after another, under a heading."""

    heading: str
    rules: tuple[str, ...]
    """File names without `.md`, or folders."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFront:
    """The front matter of a page; what it does not say is empty."""

    title: str = ""
    summary: str = ""
    python: str = ""
    """The versions that the page speaks about, as PEP 440 has it: `>=3.11`."""
    environment: str = ""
    """The environment that its blocks run in natively; on a topic's index, those of its pages."""
    aliases: tuple[str, ...] = ()
    """What once led here: former addresses, and the codes of rules that this one replaces."""
    course: tuple[CoursePart, ...] | None = None
    """On the index of a topic, its rules in reading order; on the home page, the topics."""
    generated: str = ""
    """What the build adds to the page: `verification`."""
    program: str = ""
    """The program that the page shows: a folder of `examples`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFront(PageFront):
    """The front matter of a rule."""

    code: str
    """Permanent: `PX017`."""
    short: str
    """Its name in navigation and search: `Mutable defaults`."""
    level: str
    """How it binds, in SARIF's words: error, warning or note."""
    keywords: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    """The rules of Ruff that fire under Avoid, by name."""
    about: tuple[str, ...] = ()
    """Those of them that are about the same as this page, so that their findings lead here."""
    see_also: tuple[str, ...] = ()
    """The codes of related rules."""
    references: tuple[Reference, ...] = ()
