"""What tools are asked of a block."""

import doctest
from dataclasses import dataclass

from proven.model import SYNTAX_ERRORS, Block, Source


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one block; Ruff reads every one."""

    block: Block
    typed: bool
    """Whether type checkers are to read it."""
    fixed: tuple[str, ...] = ()
    """The codes of Ruff's rules whose fixes are to be tried, each alone."""

    @property
    def text(self) -> str:
        """The file that the tools read: what the block continues from, then the block."""
        return "".join(map(_as_code, self.block.before)) + self.block.code


def _as_code(source: Source) -> str:
    """What a tool reads of what a block continues from: the statements of a session, on their lines."""
    if source.language == "file":
        return ""
    if source.language != "pycon":
        return source.source
    lines = [""] * source.source.count("\n")
    try:
        examples = doctest.DocTestParser().get_examples(source.source)
    except ValueError:  # its own run says what is wrong with it
        examples = []
    for example in examples:
        if not (example.exc_msg or "").startswith(SYNTAX_ERRORS):
            own = example.source.rstrip("\n").split("\n")
            lines[example.lineno : example.lineno + len(own)] = own
    return "".join(f"{line}\n" for line in lines)
