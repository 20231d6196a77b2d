"""What stands below a block's statements, held against what they printed: `check(block, result, whole)`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from textwrap import dedent

from proven import notebooks
from proven.collect import outputs
from proven.collect.containers import as_read
from proven.collect.outputs import BLANKS
from proven.model import JUPYTER, Block, Failure, Result

_QUOTES = re.compile(r"\s*([\"']{3})")
_LONGEST = 300
"""Characters of an output that a message shows."""


@dataclass(frozen=True, slots=True)
class _Note:
    """One output as it is noted: its lines among those below a statement, and its text."""

    lines: range
    text: str


def check(block: Block, result: Result, whole: bool) -> Iterator[Failure]:
    """The first place where the page's outputs are not what was printed.

    Args:
        block: The block.
        result: What it did.
        whole: Whether it came to the end that the page says; else nothing is known of what is not printed.
    """
    if block.path.endswith(JUPYTER):
        yield from _check_stored(block, result, whole)
        return
    said, printed = outputs.noted(block.source, block.numbers), outputs.wanted(block.code, result.prints)
    for start, page, real in zip((0, *block.numbers), said, printed, strict=True):
        pairs = zip_longest(_as_read(block, page), _as_read(block, real))
        index = next((at for at, (noted, wanted) in enumerate(pairs) if noted != wanted), None)
        if index is None or (index >= len(real) and not whole) or is_laid_out(page, real):
            continue
        message = _difference(_note_at(page, index), _note_at(real, index))
        yield block.fail_at(start + index + 1 if index < len(page) else start, message, _remedy(block))
        return


def is_laid_out(page: list[str], real: list[str]) -> bool:
    """Whether what is noted is what was printed, but for values laid out as pytest-examples does."""
    notes = zip_longest((note.text for note in _notes(page)), (note.text for note in _notes(real)))
    different = [(noted, printed) for noted, printed in notes if noted != printed]
    return bool(different) and all(_same_value(noted, printed) for noted, printed in different)


def _same_value(noted: str | None, printed: str | None) -> bool:
    """Whether one expression of Python is both: printed on one line, and noted over several."""
    if noted is None or printed is None or "\n" not in noted or "\n" in printed:
        return False
    try:
        trees = [ast.dump(ast.parse(text, mode="eval")) for text in (noted, printed)]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return trees[0] == trees[1]


def _check_stored(block: Block, result: Result, whole: bool) -> Iterator[Failure]:
    """Whether a cell still shows what is stored in its notebook, where IPython has laid out its value."""
    if block.stored is None:  # it was not run, or its outputs were cleared
        return
    if not whole or notebooks.is_same(block.stored, result.text):
        return
    lines = zip_longest(block.stored.split("\n"), result.text.split("\n"))
    page, real = next((page, real) for page, real in lines if page != real)
    yield block.fail(None, _difference(page, real), _remedy(block))


def _as_read(block: Block, lines: list[str]) -> Iterator[str]:
    """Lines as they are when a page with them is read, which leaves no tabs, without blanks at their ends."""
    for line in lines:
        yield as_read(block.indent, line).rstrip(BLANKS)


def _remedy(block: Block) -> str:
    if block.places:
        return "Mend the block, or what is noted; --update does not write into what a page includes."
    return f"Mend the block, or take over what it printed: proven verify --update {block.path}"


def _note_at(lines: list[str], index: int) -> str | None:
    """The text of the output that a line is of; None where there is no such line."""
    return next((note.text for note in _notes(lines) if index in note.lines), None)


def _notes(lines: list[str]) -> Iterator[_Note]:
    start = 0
    while start < len(lines):
        end = start + 1
        if match := _QUOTES.match(lines[start]):
            closed = lines[start].rstrip().endswith(match[1], match.end())
            while not closed and end < len(lines):
                closed = lines[end].rstrip().endswith(match[1])
                end += 1
            inside = "\n".join(lines[start:end]).strip()[3:]
            yield _Note(range(start, end), dedent(inside.removesuffix(match[1])).strip("\n"))
        else:
            yield _Note(range(start, end), _text(lines[start]))
        start = end


def _text(line: str) -> str:
    return line.lstrip(BLANKS).removeprefix("#>").removeprefix(" ").rstrip(BLANKS)


def _difference(page: str | None, real: str | None) -> str:
    if page == real:
        return "the text is right, but has to be indented as its statement, and in quotes if long"
    if page is not None and real is not None:
        return f"printed {_shown(real)}, the page says {_shown(page)}"
    if page is not None:
        return f"the page says {_shown(page)}, nothing more is printed here"
    return f"printed {_shown(real or '')}, the page does not say so"


def _shown(text: str) -> str:
    return repr(text) if len(text) <= _LONGEST else f"{text[:_LONGEST]!r}..."
