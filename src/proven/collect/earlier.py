"""What a page has above a block, which the block may rest on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from proven.collect import options
from proven.collect.superfences import split_info
from proven.model import Block, Language, Options, Source


@dataclass(slots=True)
class Earlier:
    """What the page has above a block."""

    number: int = 0
    python: Block | None = None
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
            self.python = block
            if block.number == 1 and block.options.hidden:
                self.setup = block
        if block.options.figure:
            self.figures.add(block.options.figure)
        if block.options.file:
            self.files[block.options.file] = block.sources[-1]

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


def linked(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks of a page, of which those that others continue know it."""
    before = {block.before for block in blocks if block.options.continues}
    for block in blocks:
        continued = replace(block, continued=True)
        yield continued if continued.sources in before else block
