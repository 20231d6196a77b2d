"""What a page has above a block, which the block may rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from packaging.specifiers import SpecifierSet

from proven.collect import options
from proven.collect.superfences import split_info
from proven.model import Block, Language, Options, Source


@dataclass(slots=True)
class Earlier:
    """What the page has above a block."""

    number: int = 0
    python: list[Block] = field(default_factory=list)
    setup: Block | None = None
    """The hidden block that begins the page."""
    console: Block | None = None
    files: dict[str, Source] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    lost: set[str] = field(default_factory=set)
    """What malformed fences may have been: `python` or `console` to continue, or a `file`."""

    def add(self, block: Block) -> None:
        """Note a block."""
        self.number = block.number
        self.lost.discard("console" if block.language == "console" else "python")
        if block.language == "console":
            self.console = block
        elif block.is_python:
            self.python.append(block)
            if block.number == 1 and block.options.hidden:
                self.setup = block
        if block.options.figure:
            self.figures.add(block.options.figure)
        if block.options.file:
            self.files[block.options.file] = block.sources[-1]

    def before(self, given: Options) -> Block | None:
        """The last block of Python that runs wherever one with these options does, which may continue it."""
        return next((block for block in reversed(self.python) if _runs_where(block.options, given)), None)

    def lose(self, text: str) -> None:
        """Note a malformed fence by its info string."""
        name, rest = split_info(text.strip())
        self.lost.add("console" if name == "console" else "python")
        if "file" in options.names(rest):
            self.lost.add("file")

    def lacks(self, language: Language, given: Options) -> bool:
        """Whether a block may rest on one that is malformed: it would fail for that."""
        if language == "console" and "file" in self.lost:
            return True
        return bool(given.continues) and ("console" if language == "console" else "python") in self.lost


_VERSIONS = [f"3.{minor}" for minor in range(8, 30)]


@cache
def _versions(python: SpecifierSet) -> frozenset[str]:
    return frozenset(version for version in _VERSIONS if version in python)


def _runs_where(earlier: Options, later: Options) -> bool:
    return earlier.skip is None and _versions(earlier.python) >= _versions(later.python)


def linked(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks of a page, of which those that others continue know it."""
    before = {block.before for block in blocks if block.options.continues}
    for block in blocks:
        continued = replace(block, continued=True)
        yield continued if continued.sources in before else block
