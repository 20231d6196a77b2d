"""What a block shows in the end, as a page has it: a table, or a figure beside the page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from proven.model import Block, Cell, Result

_SIZE = re.compile(r"""<svg\b[^>]*?\bwidth="([\d.]+)pt" height="([\d.]+)pt\"""")
_PIXELS = 4 / 3
"""In a point."""


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure as an element of HTML takes it."""

    source: str
    alt: str
    width: int
    height: int


def figure(block: Block, result: Result | None, beside: str) -> FigureView | None:
    """The figure that a block draws, if it does.

    Args:
        block: The block.
        result: What it did.
        beside: The way from where the page is shown to the folder that it lies in: `../`.
    """
    if not (block.options.figure and result and result.shown and result.shown.figure):
        return None
    match = _SIZE.search(result.shown.figure)
    width, height = (round(float(size) * _PIXELS) for size in match.groups()) if match else (640, 480)
    return FigureView(f"{beside}{quote(block.options.figure)}", block.options.alt, width, height)


def parts(result: Result | None) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    """The rows of the table that a block shows, if it does: those that head the others, and these."""
    rows = result.shown.table if result and result.shown else ()
    heads = next((at for at, row in enumerate(rows) if not _heads(row)), len(rows))
    for name, some in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if some:
            yield name, list(some)


def _heads(row: tuple[Cell, ...]) -> bool:
    return all(cell.scope.startswith("col") or not cell.text for cell in row)


def data(block: Block, result: Result | None) -> dict[str, Any]:
    """What the page's script needs to judge what a run shows in the end."""
    if not block.options.shows:
        return {}
    shown = result.shown if result else None
    told = {"value": shown.value, "shown": shown.digest} if shown else {"value": "", "shown": ""}
    return {**told, "alt": block.options.alt}
