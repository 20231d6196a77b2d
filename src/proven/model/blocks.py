"""A fenced block of a page, with its options."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath
from typing import Literal, Self

from packaging.specifiers import SpecifierSet

from proven.model.failures import Failure, Place
from proven.model.measurements import Measure
from proven.model.results import NATIVE, PYTHON, Interpreter, Language, Shows, Source

WAIVER_EXAMPLE = 'waive="arg-type until 2027-03-01: mypy issue 12345"'

_waiver = re.compile(r"(?P<codes>[\w-]+(?:, ?[\w-]+)*) until (?P<until>\S+): (?P<reason>.*\S.*)")


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings that are not held against a block for some time."""

    codes: tuple[str, ...]
    """As a tool or the writer names them: `arg-type`, `B006`, `mutable-argument-default`, `format`."""
    until: date
    reason: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a block's `waive=` option.

        Raises:
            ValueError: It is malformed; the message says how.
        """
        match = _waiver.fullmatch(text.strip())
        if match is None:
            raise ValueError("a waiver names a finding's code, a date and a reason")
        try:
            until = date.fromisoformat(match["until"])
        except ValueError:
            raise ValueError(f"{match['until']!r} is no date") from None
        return cls(tuple(re.split(", ?", match["codes"])), until, match["reason"].strip())


@dataclass(frozen=True, slots=True)
class Need:
    """What WebAssembly lacks for a block."""

    reason: str
    """`threads`, or a package."""
    python: SpecifierSet = field(default_factory=SpecifierSet)
    """The versions of Python on which that is so: `sqlite3 on <3.14`."""


type Role = Literal["avoid", "prefer", "cell", "other"]
"""What a block is there for: to be avoided, to be preferred, to be read in a notebook, or something else."""

type Continued = Literal["before", "setup"]
"""Whose namespace a block shares: of the block before it, or of the hidden block that begins the page."""

DATA = ("toml", "json", "yaml")
"""Languages that are parsed, not run."""

PYPROJECT = "pyproject.toml"
"""The file whose tables are shown to the tools that they are for."""

SYNTAX_ERRORS = ("SyntaxError", "IndentationError", "TabError")
"""The exceptions of code that cannot be read."""


@dataclass(frozen=True, slots=True)
class Options:
    """What follows the language in a fence's info string."""

    raises: str | None = None
    python: SpecifierSet = field(default_factory=SpecifierSet)
    needs: Need | None = None
    skip: str | None = None
    environment: str | None = None
    """The environment that it runs in natively; None for that of its page."""
    waive: Waiver | None = None
    continues: Continued | None = None
    hidden: bool = False
    file: str | None = None
    """The path at which the consoles below find the block: `src/app.py`."""
    exit: int = 0
    """The status that a console's last command exits with."""
    measure: Measure | None = None
    value: bool = False
    """Whether the value of the expression that it ends in is shown."""
    figure: str | None = None
    """The file beside the page that has the figure which it draws: `prices.svg`."""
    alt: str = ""
    """What stands for that figure where it cannot be seen."""
    passed: tuple[str, ...] = ()
    """The options of other tools, which say nothing here."""

    @property
    def shows(self) -> Shows:
        """What is shown of it in the end besides what it prints."""
        return "figure" if self.figure else "value" if self.value else ""


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block of Python, of a console or of data."""

    path: str
    """The page, as the user would type it: `docs/async/timeouts.md`."""
    line: int
    """The line of the opening fence, counted from 1."""
    number: int
    """Its place among the page's blocks, counted from 1."""
    language: Language
    source: str
    """What stands in the fence, without the fence's own indentation; ends in a newline."""
    code: str
    """What is run: `source` without the outputs noted in it."""
    numbers: tuple[int, ...]
    """For each line of `code`, its number in `source`, counted from 1."""
    indent: str
    """What stands before each line of the block in the page."""
    role: Role
    options: Options
    before: tuple[Source, ...] = ()
    """What is there before it runs: files, then the blocks that it continues, oldest first."""
    environment: str = NATIVE
    """The environment that it runs in natively."""
    left_out: bool = False
    """Whether that environment is left out this time."""
    continued: bool = False
    """Whether another block continues it."""
    places: tuple[Place, ...] = ()
    """Where the fence and each line of `source` stand, if any of them stands in an included file."""
    stored: str | None = None
    """What it showed when its notebook was saved, in place of outputs noted in it; None where none was."""

    @property
    def address(self) -> str:
        """Its name everywhere: `docs/async/timeouts.md:24`, or `docs/index.md#block-3` if it is included."""
        included = self.places and self.places[0][0] != self.path
        return f"{self.path}#block-{self.number}" if included else f"{self.path}:{self.line}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has to be run: what it continues from, then the block itself."""
        own = Source(self.language, self.code, self.options.file, self.options.shows, self.continued)
        return (*self.before, own)

    @property
    def figure(self) -> str | None:
        """Where the figure is that it draws, from the project's root."""
        name = self.options.figure
        return str(PurePosixPath(self.path).with_name(name)) if name else None

    @property
    def skipped(self) -> str:
        """Why it is not run at all; empty when it is."""
        left_out = f"the environment {self.environment} is left out of this build" if self.left_out else ""
        return self.options.skip or left_out

    @property
    def is_clean(self) -> bool:
        """Whether tools may find nothing in it but what it says."""
        return self.role in ("prefer", "cell")

    @property
    def is_python(self) -> bool:
        """Whether it runs on every interpreter, not only on a native one."""
        return self.language in PYTHON

    @property
    def is_data(self) -> bool:
        """Whether it is parsed, not run."""
        return self.language in DATA

    @property
    def is_plain_data(self) -> bool:
        """Whether parsing it is all; a pyproject.toml goes to its tools too."""
        return self.is_data and (self.language != "toml" or self.options.file != PYPROJECT)

    def runs_on(self, interpreter: Interpreter) -> bool:
        """Whether its language and its options admit an interpreter."""
        if self.skipped or self.is_plain_data or not interpreter.is_of(self.options.python):
            return False
        if interpreter.native:
            here = interpreter.name == (NATIVE if self.is_data else self.environment)
            return here and (self._installed or self._finds_packages(interpreter))
        return self.is_python and not self.lacks(interpreter) and self._finds_packages(interpreter)

    @property
    def _installed(self) -> bool:
        """Whether what it imports is said to be there natively."""
        return self.options.needs is not None or self.environment != NATIVE

    def _finds_packages(self, interpreter: Interpreter) -> bool:
        """Whether what it imports is among the site's packages; the run says of what is no package."""
        if not self.is_python:
            return True
        if self.environment != NATIVE:
            return interpreter.offers(self.sources)
        return all(interpreter.imports(self.sources).values())

    def lacks(self, interpreter: Interpreter) -> bool:
        """Whether the block says that an interpreter in WebAssembly has not got what it needs."""
        needs = self.options.needs
        return needs is not None and not interpreter.native and interpreter.is_of(needs.python)

    def fail(self, line: int | None, message: str, remedy: str = "") -> Failure:
        """A failure at a line of `code`, or at the fence."""
        number = self.numbers[line - 1] if line and line <= len(self.numbers) else 0
        return self.fail_at(number, message, remedy)

    def fail_at(self, number: int, message: str, remedy: str = "") -> Failure:
        """A failure at a line of `source`, counted from 1, or at the fence, which is 0."""
        place = self.places[number:][:1] or self.places[-1:] or ((self.path, self.line + number),)
        return Failure(*place[0], message, remedy)


LINE_LENGTH = 79
"""Columns that an output may take before it is written as a string of several lines."""


def pair(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks that are compared: the first under Avoid, the first under Prefer; those that there are."""
    first = (
        next((block for block in blocks if block.role == role and not block.options.hidden), None)
        for role in ("avoid", "prefer")
    )
    return tuple(block for block in first if block)
