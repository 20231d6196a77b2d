"""Notebooks in percent format as Markdown: `markdown(path, text) -> text`.

Each line stands where it stands in the notebook, so that what is wrong at a line of the page is wrong
there, and what is written into the page is written into the notebook. A cell's fence begins where its marker
is, and ends in the empty line before the next. The format is jupytext's:
https://jupytext.readthedocs.io/en/latest/formats-scripts.html#the-percent-format
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from proven.model import Failure, Failures

_MARKER = re.compile(r"# %%(?P<rest>.*)")
_TEXT = re.compile(r"\[(markdown|md)\]")
_EDGE = "# ---"
"""Where front matter begins and ends."""
_TICKS = re.compile("`{3,}")
_PYTHON = re.compile(r"\s*(`{3,}|~{3,})\s*\{?\.?(python|pycon|console run)\b")


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: the line of its marker, counted from 1, what the marker says, and the lines below it."""

    line: int
    rest: str
    body: list[str]

    @property
    def length(self) -> int:
        """How many lines there are down to the last that is not empty."""
        return max((at for at, line in enumerate(self.body, 1) if line.strip()), default=0)


def markdown(path: str, text: str) -> str:
    """A notebook as a page.

    Args:
        path: The notebook's name in messages.
        text: Its text; lines end in a newline.

    Raises:
        Failures: It is not in percent format as it is read here; each with its line.
    """
    lines = text.split("\n")
    first = next((at for at, line in enumerate(lines) if _MARKER.fullmatch(line)), len(lines))
    failures: list[Failure] = []
    made = _front(path, lines[:first], failures)
    is_first = True
    for cell in _cells(lines, first):
        if _TEXT.match(cell.rest):
            made += _of_text(path, cell, failures)
        else:
            made += _of_code(path, cell, is_first, failures)
            is_first = is_first and not cell.length
    if failures:
        raise Failures(failures)
    return "\n".join(made)


def _cells(lines: list[str], first: int) -> Iterator[_Cell]:
    starts = [at for at, line in enumerate(lines) if at >= first and _MARKER.fullmatch(line)]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield _Cell(start + 1, lines[start].removeprefix("# %%").strip(), lines[start + 1 : end])


def _front(path: str, lines: list[str], failures: list[Failure]) -> list[str]:
    """What stands above all cells: front matter, or nothing."""
    end = next((at for at, line in enumerate(lines) if at and line.rstrip() == _EDGE), 0)
    if not lines or lines[0].rstrip() != _EDGE or not end:
        end = -1
    made = [_uncommented(line) or "" for line in lines[: end + 1]]
    for number, line in enumerate(lines[end + 1 :], end + 2):
        if line.strip():
            remedy = f"Write # %% above it; front matter stands between two lines {_EDGE} at the top."
            failures.append(Failure(path, number, "this line is in no cell", remedy))
        made.append("")
    return made


def _of_text(path: str, cell: _Cell, failures: list[Failure]) -> list[str]:
    """The Markdown of a cell of text, which is below its marker in comments."""
    made = [""]
    for number, line in enumerate(cell.body, cell.line + 1):
        shown = _uncommented(line)
        if shown is None:
            remedy = "Write `# ` in front of it, or # %% above it if it is code."
            failures.append(Failure(path, number, "a line of a text cell is no comment", remedy))
        elif _PYTHON.match(shown):
            remedy = "Write it as a cell, which the cells below it can use; or show it as ```text."
            failures.append(Failure(path, number, "a block that is run, within a text cell", remedy))
        made.append(shown or "")
    return made


def _uncommented(line: str) -> str | None:
    """What a comment says; None if the line is none."""
    if not line.strip():
        return ""
    return line.removeprefix("# ") if line.startswith("# ") else "" if line.strip() == "#" else None


def _of_code(path: str, cell: _Cell, is_first: bool, failures: list[Failure]) -> list[str]:
    """The fence of a cell of code, which continues the one before it."""
    length = cell.length
    if not length:
        return ["", *cell.body]
    if length == len(cell.body):
        number = cell.line + length
        failures.append(Failure(path, number, "the next cell follows at once", "Leave a line empty between."))
    ticks = max((len(run) for line in cell.body for run in _TICKS.findall(line)), default=2) + 1
    words = ("python", "" if is_first else "continues", cell.rest)
    opening = "`" * ticks + " ".join(word for word in words if word)
    return [opening, *cell.body[:length], "`" * ticks, *cell.body[length + 1 :]]
