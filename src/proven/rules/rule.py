"""A rule page as data, with its exceptions and what finds it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from proven.check.marks import errors
from proven.collect import prose
from proven.lint.rules import detectors, ruff_rules
from proven.model import Checker, Detector, Page, RulePage

EXCEPTION = re.compile(r"\*\*(\w+-EX\d+)\*\*")

LEVELS = {"error": "must", "warning": "should", "note": "consider"}


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


def found_by(page: RulePage) -> Iterator[Detector]:
    """What finds violations of a page: of Ruff what it declares, its own, what type checkers report."""
    for code, name in detectors(page).items():
        yield Detector("ruff", code, name, ruff_rules()[name].url)
    for pattern in page.patterns:
        yield Detector("ast-grep", pattern.id, pattern.id)
    lines = [line for block in page.blocks if block.role == "avoid" for line in block.code.split("\n")]
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
