"""What tools say of a block, and the rules of tools."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from proven.model.blocks import Block
from proven.model.failures import Failure
from proven.model.results import Source

UNREADABLE = "unreadable"
"""The code of a finding that says that a tool cannot read a file."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tool says of one line of a file."""

    line: int
    code: str
    message: str
    fix: str = ""
    """How Ruff would mend it: `safe`, `unsafe`, `display`; empty where it does not."""
    mended: str = ""
    """The file with everything mended that the rule finds in it, where that was asked for."""
    left: int = 0
    """How much the rule still finds in `mended`."""


type FileFindings = Iterator[tuple[str, Finding]]
"""Findings with the names of their files."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What the tools say of one block; lines are those of its own code."""

    lint: tuple[Finding, ...] = ()
    format: tuple[Finding, ...] = ()
    patterns: tuple[Finding, ...] = ()
    """What the site's own detectors find; their codes are the detectors' ids."""
    mypy: tuple[Finding, ...] = ()
    pyright: tuple[Finding, ...] | None = None
    """None where Pyright was not asked: it reads sites of rules."""

    @property
    def unreadable(self) -> Finding | None:
        """What a tool says that cannot read the block; None where all that were asked can."""
        said = (*self.lint, *self.format, *self.mypy, *(self.pyright or ()))
        return next((finding for finding in said if finding.code == UNREADABLE), None)


type Judged = tuple[str, Failure]
"""A failure, and the code of the finding that it comes from; the code is empty when nothing waives it."""

type Checker = Literal["mypy", "pyright"]

type Tool = Literal["ruff", "ast-grep"] | Checker


@dataclass(frozen=True, slots=True)
class Detector:
    """What finds a violation of a rule: one rule of a tool."""

    tool: Tool
    code: str
    """What the tool prints: `B006`, `arg-type`, `reportArgumentType`."""
    name: str
    """What it is called in words, `mutable-argument-default`; the code where a tool has no other name."""
    url: str = ""
    """Its page in the tool's documentation, where each of its rules has one."""


TOOLS = {"ruff": "Ruff", "ast-grep": "ast-grep", "mypy": "mypy", "pyright": "Pyright"}
"""What tools are called, by the first part of their rules' addresses."""


def fixed_sources(block: Block, seen: Findings) -> Iterator[tuple[Finding, tuple[Source, ...]]]:
    """For each rule of a tool that mends a block, a finding and the mended block as what is to be run."""
    by_code = {finding.code: finding for finding in (*seen.lint, *seen.patterns) if finding.mended}
    for finding in by_code.values():
        yield finding, (Source("python", finding.mended),)
