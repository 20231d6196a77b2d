"""Read what a process says of its blocks: `read(reports, chain) -> list[Result]`.

The block itself may have written it, and anything else in its place.
"""

from collections.abc import Sequence
from typing import Any

from proven.harness import value as limits
from proven.model import Cell, Error, Print, Result, Shown, Source
from proven.run import figures

_SCOPES = ("", "col", "colgroup", "row", "rowgroup")


type Chain = Sequence[tuple[Source, ...]]
"""What is run at once: sources, the block last, and then the same with the next block, which continues it."""


def read(reports: Any, chain: Chain) -> list[Result]:
    """The results that reports tell.

    Args:
        reports: For each block, `{"outcome": {"error": ..., "prints": [...], "shown": ...},
            "output": [[stream, text], ...]}`.
        chain: What was run.

    Raises:
        ValueError: It is not what the harness writes of these sources.
    """
    try:
        return [
            _read(_object(report), len(sources[-1].source.split("\n")), sources[-1].shows != "")
            for report, sources in zip(_list(reports), chain, strict=True)
        ]
    except KeyError as missing:
        raise ValueError(f"no {missing}") from None


def _read(report: dict[str, Any], lines: int, shows: bool) -> Result:
    outcome, output = _object(report["outcome"]), _list(report["output"])
    pairs = [(_text(stream), _text(text)) for stream, text in map(_list, output)]
    return Result(
        stdout="".join(text for stream, text in pairs if stream == "stdout"),
        stderr="".join(text for stream, text in pairs if stream == "stderr"),
        error=_error(outcome["error"]),
        prints=tuple(_print(_object(printed), lines) for printed in _list(outcome["prints"])),
        shown=_shown(_object(outcome["shown"])) if shows and outcome["error"] is None else None,
    )


def _shown(told: dict[str, Any]) -> Shown:
    """What a block has shown in the end; the problem where that is more than the harness lets through."""
    if problem := told["problem"]:
        if problem not in limits.PROBLEMS:
            raise ValueError("a problem that there is not")
        return Shown(str(problem))
    table = tuple(tuple(map(_cell, _list(row))) for row in _list(told["table"]))
    text, figure = _text(told["value"]), _text(told["figure"])
    if sum(map(len, table)) > limits.CELL_LIMIT or len(text) > 2 * limits.TEXT_LIMIT:
        return Shown(limits.LARGE_TABLE)
    if sum(len(cell.text) for row in table for cell in row) > limits.TABLE_LIMIT:
        return Shown(limits.LARGE_TABLE)
    if len(figure.encode()) > limits.FIGURE_LIMIT:
        return Shown(limits.LARGE_FIGURE)
    if figure and not figures.is_still(figure):
        return Shown(limits.ACTIVE_FIGURE)
    return Shown("", text, table, figure)


def _cell(told: Any) -> Cell:
    text, scope, columns, rows = _list(told)
    spans = (_number(columns), _number(rows))
    if scope not in _SCOPES or not all(1 <= span <= 1000 for span in spans):
        raise ValueError("no cell of a table")
    return Cell(_text(text), scope, *spans)


def _error(value: Any) -> Error | None:
    if value is None:
        return None
    line = _object(value)["line"]
    inside = line is not None and _number(line) > 0  # a SyntaxError can name any line
    names = ("type", "message", "traceback")
    kind, message, traceback = (_text(value[name]) for name in names)
    return Error(kind, message, line if inside else None, traceback)


def _print(value: dict[str, Any], lines: int) -> Print:
    line, indent = _number(value["line"]), _number(value["indent"])
    if not (1 <= line <= lines and indent >= 0):
        raise ValueError("a print that is not in the block")
    return Print(line, indent, _text(value["text"]))


def _text(value: object) -> str:
    """A string that can be written as UTF-8."""
    if not isinstance(value, str):
        raise ValueError("not a string")
    return value.encode("utf-8", "backslashreplace").decode()


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise ValueError("not a number")
    return value


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("not a list")
    return value


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value
