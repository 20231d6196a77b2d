"""Interpreters, what they are given to run, and what that did."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from packaging.specifiers import SpecifierSet
from packaging.version import Version

from proven.harness.imports import of_all
from proven.harness.value import digest

type Shows = Literal["", "value", "figure"]
"""What a block shows in the end besides what it prints."""

type Language = Literal["python", "pycon", "console", "toml", "json", "yaml", "text", "file"]

NATIVE = "native"
"""The name of the CPython that runs the build, as an interpreter and as an environment."""

PYTHON = ("python", "pycon")
"""Languages that run in the browser too."""


@cache
def _release(version: str) -> str:
    return Version(version).base_version


@cache
def _contains(versions: SpecifierSet, release: str) -> bool:
    return versions.contains(release)


@dataclass(frozen=True, slots=True)
class Interpreter:
    """One CPython that blocks run on."""

    name: str
    """What `--interpreter` takes: `3.14`, or `native`."""
    version: str
    """The full version, `3.14.2`; of an environment's Python, which may not be there yet, `3.13`."""
    build: str
    """What exactly is run: `pyodide 314.0.7`, `linux-x86_64`."""
    folder: str | None = None
    """Where the Pyodide build is; None for a native CPython."""
    home: str | None = None
    """Where the environment is that it belongs to; None for the CPython that runs the build."""
    environment: str = ""
    """A digest of what else its results depend on."""
    packages: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """By name of a module of the site's packages, what it stands for there; empty where there is none."""

    unfetched: frozenset[str] = field(default=frozenset(), compare=False, repr=False)
    """Those of these modules that it would have if they could be fetched."""

    @property
    def native(self) -> bool:
        """Whether it is a CPython of this machine: that which runs the build, or one of an environment."""
        return self.folder is None

    def imports(self, sources: Iterable["Source"]) -> dict[str, str]:
        """Those of the site's packages that code imports."""
        return {name: self.packages[name] for name in sorted(_imported(sources) & self.packages.keys())}

    def offers(self, sources: Iterable["Source"]) -> bool:
        """Whether all that code imports is in the standard library or among the site's packages."""
        return all(self.packages.get(name) for name in _imported(sources))

    def lacks_fetched(self, sources: Iterable["Source"]) -> frozenset[str]:
        """What could not be fetched of code's imports, if nothing else keeps it from running here."""
        names = frozenset(_imported(sources))
        others = names - self.unfetched
        return names & self.unfetched if all(self.packages.get(name) for name in others) else frozenset()

    @property
    def release(self) -> str:
        """The version without its pre-release part: what `python=">=3.15"` admits."""
        return _release(self.version)

    def is_of(self, versions: SpecifierSet) -> bool:
        """Whether its version is one of those that a specifier admits."""
        return _contains(versions, self.release)

    @property
    def label(self) -> str:
        """Its version, and where that is if it is not in a browser."""
        where = f" in environment {self.name}" if self.home else " native" if self.native else ""
        return f"{self.version}{where}"

    def __str__(self) -> str:
        return f"CPython {self.version} ({self.build})"


@dataclass(frozen=True, slots=True)
class Source:
    """Code in a language that the harness runs, or a file that it finds."""

    language: Language
    source: str
    file: str | None = None
    shows: Shows = ""
    continued: bool = False
    """Whether another continues it, so that what it leaves behind lives on."""


def _imported(sources: Iterable[Source]) -> set[str]:
    """The modules that code imports from elsewhere than the standard library and its own files."""
    return of_all((source.language, source.source, source.file) for source in sources)


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


type Scope = Literal["", "col", "colgroup", "row", "rowgroup"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table."""

    text: str
    scope: Scope = ""
    """What it heads, as HTML calls that; empty for data."""
    columns: int = 1
    """How many columns it spans."""
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Shown:
    """What a block showed in the end besides what it printed."""

    problem: str = ""
    """Why that is nothing: one of the sentences of `harness.value`."""
    value: str = ""
    table: tuple[tuple[Cell, ...], ...] = ()
    figure: str = ""
    """SVG."""

    @property
    def digest(self) -> str:
        """That of table and figure, as the harness gives it; empty where there is neither."""
        cells = [[[cell.text, cell.scope, cell.columns, cell.rows] for cell in row] for row in self.table]
        return digest(cells, self.figure)


@dataclass(frozen=True, slots=True)
class Result:
    """What one block did on one interpreter."""

    stdout: str = ""
    stderr: str = ""
    error: Error | None = None
    prints: tuple[Print, ...] = ()
    crash: str | None = None
    """Why there is no outcome at all: a time-out, a dead interpreter."""
    shown: Shown | None = None
    """None unless it was to show something, and came to its end."""

    @property
    def value(self) -> str:
        """The text of the value that it ended in."""
        return self.shown.value if self.shown else ""

    @property
    def text(self) -> str:
        """What it printed, and then that value."""
        return f"{self.stdout}{self.value}\n" if self.value else self.stdout


type Results = Mapping[Interpreter, Result]


@dataclass(frozen=True, slots=True)
class Job:
    """Sources to run, one after another, on one interpreter."""

    interpreter: Interpreter
    sources: tuple[Source, ...]
