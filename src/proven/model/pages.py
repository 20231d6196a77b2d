"""A page, and the site of all pages."""

import re
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import PurePosixPath

from packaging.specifiers import SpecifierSet

from proven.model.blocks import Block, Waiver
from proven.model.failures import Failure
from proven.model.front import PageFront, RuleFront
from proven.model.patterns import Pattern
from proven.model.results import Interpreter

_specifiers = cache(SpecifierSet)


@cache
def _inside(path: str, docs: str) -> PurePosixPath:
    return PurePosixPath(path).relative_to(docs)


JUPYTER = ".ipynb"
"""What the name of a notebook of Jupyter's ends in."""

NOTEBOOKS = (".py", JUPYTER)
"""What the files of notebooks end in."""


@dataclass(frozen=True, slots=True)
class Page:
    """One Markdown file, or a notebook: its front matter and its blocks."""

    path: str
    front: PageFront = field(default_factory=PageFront)
    blocks: tuple[Block, ...] = ()
    text: str = ""
    """The whole file as Markdown, with what it includes; lines end in a newline."""
    included: tuple[str, ...] = ()
    docs: str = "docs"
    """The folder that is the top of the site's pages for this one, as `path` has it."""
    failures: tuple[Failure, ...] = ()
    """What is wrong with fences, which are not among the blocks."""

    @property
    def inside(self) -> PurePosixPath:
        """Where it is among the site's pages: `async/timeouts.md`."""
        return _inside(self.path, self.docs)

    @property
    def is_notebook(self) -> bool:
        """Whether it is one."""
        return self.path.endswith(NOTEBOOKS)

    @property
    def name(self) -> str:
        """Where it is on the site, and what aliases and the ledger call it: `async/timeouts`."""
        suffix = self.inside.suffix if self.is_notebook else ".md"
        return self.inside.as_posix().removesuffix(suffix)

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
    def figures(self) -> list[str]:
        """Where the figures are that its blocks draw, from the project's root."""
        return [block.figure for block in self.blocks if block.figure]

    @property
    def python(self) -> SpecifierSet:
        """The versions that the page speaks about."""
        return _specifiers(self.front.python)

    def admits(self, interpreter: Interpreter) -> bool:
        """Whether the page speaks about an interpreter's version."""
        return interpreter.is_of(self.python)


def short(code: str) -> str:
    """A code as it is typed in a hurry: `PX17`."""
    return re.sub("(?<=[A-Z])0+", "", code)


@dataclass(frozen=True, slots=True)
class RulePage(Page):
    """The page of a rule."""

    front: RuleFront
    patterns: tuple[Pattern, ...] = ()
    """The detectors that stand beside it."""

    @property
    def code(self) -> str:
        """The rule's permanent code: `PX017`."""
        return self.front.code

    @property
    def label(self) -> str:
        """Its title, after its code."""
        return f"{self.code}: {self.title}"


@dataclass(frozen=True)
class Site:
    """All pages, and the rules among them by code."""

    pages: tuple[Page, ...]
    complete: bool = True
    """Whether every page could be read; if not, a name that is missing may be on one that could not."""

    @property
    def docs(self) -> str:
        """The folder of the pages, as their paths have it."""
        return next((page.docs for page in self.pages if not page.is_notebook), "docs")

    @cached_property
    def rules(self) -> dict[str, RulePage]:
        """Rule pages by code, in the order of codes."""
        rules = {page.code: page for page in self.pages if isinstance(page, RulePage)}
        return dict(sorted(rules.items()))

    @cached_property
    def blocks(self) -> list[Block]:
        """The blocks of all pages."""
        return [block for page in self.pages for block in page.blocks]

    def generated(self, kind: str) -> list[Page]:
        """The pages that are made from data: `verification`."""
        return [page for page in self.pages if page.front.generated == kind]

    def members(self, index: Page) -> dict[str, Page]:
        """What a course can name: rules, programs and notebooks beside an index, topics one folder below."""
        here = index.inside.parent
        paths = {page.inside: page for page in self.pages}
        rules = {
            path.stem: page
            for path, page in paths.items()
            if path.parent == here and (isinstance(page, RulePage) or page.front.program or page.is_notebook)
        }
        below = {path.parent: page for path, page in paths.items() if page.front.course is not None}
        topics = {folder: page for folder, page in below.items() if folder != here == folder.parent}
        return rules | {folder.name: page for folder, page in topics.items()}

    def course(self, index: Page) -> list[tuple[str, list[Page]]]:
        """What a course names, in reading order under headings; only what exists."""
        if not index.front.course:
            return []
        members = self.members(index)
        return [
            (part.heading, [members[name] for name in part.rules if name in members])
            for part in index.front.course
        ]


def link(source: Page, target: Page) -> str:
    """The relative link from one page's Markdown to another's."""
    return _link(source.inside, target.inside)


@cache
def _link(source: PurePosixPath, target: PurePosixPath) -> str:
    return str(target.relative_to(source.parent, walk_up=True))


def applicable(page: Page, block: Block, interpreters: list[Interpreter]) -> list[Interpreter]:
    """The interpreters that a block is to be run on."""
    return [
        interpreter for interpreter in interpreters if block.runs_on(interpreter) and page.admits(interpreter)
    ]


def doubted(page: Page, block: Block, interpreters: list[Interpreter]) -> list[Interpreter]:
    """The interpreters that a block says it cannot run on, and is tried on all the same."""
    return [
        interpreter
        for interpreter in interpreters
        if block.lacks(interpreter)
        and block.is_python
        and not block.skipped
        and interpreter.is_of(block.options.python)
        and page.admits(interpreter)
        and all(interpreter.imports(block.sources).values())
    ]
