"""The nouns: what travels between the stages.

A *page* has *blocks*; a *result* is what one block did on one interpreter; a
*failure* is what is wrong at one line of one page.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from proven.harness.imports import imported
from proven.waiver import Waiver

type Place = tuple[str, int]
"""A file, and a line counted from 1."""
type Role = Literal["avoid", "prefer", "other"]
type Language = Literal["python", "pycon", "console", "toml", "json", "yaml", "text"]

PYTHON = ("python", "pycon")
"""Languages that run in the browser too."""

DATA = ("toml", "json", "yaml")
"""Languages that are parsed, not run."""

PYPROJECT = "pyproject.toml"
"""The file whose tables are shown to the tools that they are for."""

type Show = Callable[[str, int, int], None]
"""Told what is under way, and how much of it is done and to do; from any thread."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong, with its place and the way to mend it."""

    path: str
    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: {self.message}"
        return "\n".join([place, *(f"    {line}" for line in self.remedy.splitlines())])


class Failures(Exception):
    """A stage found the page, the configuration or the environment wanting."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__("\n".join(map(str, failures)))
        self.failures = failures


@dataclass(frozen=True, slots=True)
class Options:
    """What follows the language in a fence's info string."""

    raises: str | None = None
    python: SpecifierSet = field(default_factory=SpecifierSet)
    needs: str | None = None
    skip: str | None = None
    waive: Waiver | None = None
    continues: bool = False
    hidden: bool = False
    file: str | None = None
    """What the block is for the consoles below it: `src/app.py`."""
    exit: int = 0
    """The status that a console's last command exits with."""


@dataclass(frozen=True, slots=True)
class Interpreter:
    """One CPython that blocks run on."""

    name: str
    """What `--interpreter` takes: `3.14`, or `native`."""
    version: str
    """The full version, `3.14.2`."""
    build: str
    """What exactly is run: `pyodide 314.0.7`, `linux-x86_64`."""
    folder: str | None = None
    """Where the Pyodide build is; None for the CPython that runs the build."""
    environment: str = ""
    """A digest of what else its results depend on."""
    packages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """By name of a module of the site's packages, what it stands for there; empty where there is none."""

    @property
    def native(self) -> bool:
        """Whether it is the CPython that runs the build."""
        return self.folder is None

    def imports(self, sources: Iterable["Source"]) -> dict[str, str]:
        """Those of the site's packages that code imports."""
        names = {name for one in sources for name in imported(one.language, one.source)}
        return {name: self.packages[name] for name in sorted(names & self.packages.keys())}

    @property
    def release(self) -> str:
        """The version without its pre-release part: what `python=">=3.15"` admits."""
        return Version(self.version).base_version

    def __str__(self) -> str:
        return f"CPython {self.version} ({self.build})"


@dataclass(frozen=True, slots=True)
class Source:
    """Code in a language that the harness runs, or a file that it finds."""

    language: Language
    source: str
    file: str | None = None


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
    """The files that it finds, then what it continues from, oldest first."""
    places: tuple[Place, ...] = ()
    """Where the fence and each line of `source` stand, if any of them stands in an included file."""

    @property
    def address(self) -> str:
        """Its name everywhere: `docs/async/timeouts.md:24`, or `docs/index.md#block-3` if it is included."""
        included = self.places and self.places[0][0] != self.path
        return f"{self.path}#block-{self.number}" if included else f"{self.path}:{self.line}"

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has to be run: what it continues from, then the block itself."""
        return (*self.before, Source(self.language, self.code, self.options.file))

    @property
    def is_python(self) -> bool:
        """Whether it runs on every interpreter, not only on the one that runs the build."""
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
        if self.options.skip or self.is_plain_data:
            return False
        if not interpreter.native and (self.options.needs or not self.is_python):
            return False
        able = self.options.needs or not self.is_python or all(interpreter.imports(self.sources).values())
        return bool(able) and self.options.python.contains(interpreter.release)

    def fail(self, line: int | None, message: str, remedy: str = "") -> Failure:
        """A failure at a line of `code`, or at the fence."""
        number = self.numbers[line - 1] if line and line <= len(self.numbers) else 0
        return self.fail_at(number, message, remedy)

    def fail_at(self, number: int, message: str, remedy: str = "") -> Failure:
        """A failure at a line of `source`, counted from 1, or at the fence, which is 0."""
        place = self.places[number:][:1] or self.places[-1:] or ((self.path, self.line + number),)
        return Failure(*place[0], message, remedy)


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
    aliases: tuple[str, ...] = ()
    """What once led here: former addresses, and the codes of rules that this one replaces."""
    course: tuple[CoursePart, ...] | None = None
    """On the index of a topic, its rules in reading order; on the home page, the topics."""
    generated: str = ""
    """What the build adds to the page: `verification`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFront(PageFront):
    """The front matter of a rule."""

    code: str
    """Permanent: `PX017`."""
    level: str
    """How it binds, in SARIF's words: error, warning or note."""
    keywords: tuple[str, ...] = ()
    detectors: tuple[str, ...] = ()
    """The rules of Ruff that find a violation, by name."""
    see_also: tuple[str, ...] = ()
    """The codes of related rules."""
    references: tuple[Reference, ...] = ()


_specifiers = cache(SpecifierSet)


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file: its front matter and its blocks."""

    path: str
    front: PageFront = PageFront()
    blocks: tuple[Block, ...] = ()
    text: str = ""
    """The whole file, with what it includes; lines end in a newline."""
    included: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Where it is on the site, and what aliases and the ledger call it: `async/timeouts`."""
        return self.path.partition("/")[2].removesuffix(".md")

    @property
    def title(self) -> str:
        """What it is called; its name where it does not say."""
        return self.front.title or self.name

    @property
    def label(self) -> str:
        """Its title, after its code if it is a rule."""
        return self.title

    @property
    def address(self) -> str:
        """Where it is from the site's root: `async/timeouts/`; empty for the home page."""
        folder, _, stem = f"/{self.name}".rpartition("/")
        return f"{folder}/"[1:] if stem in ("index", "README") else f"{self.name}/"

    @property
    def markdown_address(self) -> str:
        """Where it is as Markdown: `async/timeouts/index.html.md`."""
        return f"{self.address}index.html.md"

    @property
    def waivers(self) -> list[Waiver]:
        """What is not held against its blocks."""
        return [block.options.waive for block in self.blocks if block.options.waive]

    @property
    def python(self) -> SpecifierSet:
        """The versions that the page speaks about."""
        return _specifiers(self.front.python)


@dataclass(frozen=True, slots=True)
class RulePage(Page):
    """The page of a rule."""

    front: RuleFront

    @property
    def code(self) -> str:
        """The rule's permanent code: `PX017`."""
        return self.front.code

    @property
    def label(self) -> str:
        """Its title, after its code."""
        return f"{self.code}: {self.title}"


@dataclass(frozen=True, slots=True)
class Print:
    """What one `print()` of a block printed."""

    line: int
    """The last line of the statement, counted from 1."""
    indent: int
    text: str


@dataclass(frozen=True, slots=True)
class Error:
    """The exception that ended a block."""

    type: str
    message: str
    line: int | None
    traceback: str

    def __str__(self) -> str:
        return f"{self.type}: {self.message}" if self.message else self.type


@dataclass(frozen=True, slots=True)
class Result:
    """What one block did on one interpreter."""

    stdout: str = ""
    stderr: str = ""
    error: Error | None = None
    prints: tuple[Print, ...] = ()
    crash: str | None = None
    """Why there is no outcome at all: a time-out, a dead interpreter."""
