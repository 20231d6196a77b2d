"""Read CSV files as text, so that each cell is judged as it was written."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from itertools import batched
from pathlib import Path
from typing import TextIO

import pandas as pd


class InputError(ValueError):
    """A file as a whole cannot be used; the message names it, and says why."""


def read_chunks(
    file: TextIO, columns: Sequence[str], *, rows: int
) -> Iterator[pd.DataFrame]:
    """Yield the rows of a semicolon-separated file, at most so many at a time.

    Args:
        file: Opened with `newline=""`.
        columns: What its header has to name, in any order.
        rows: How many rows a frame has at most.

    Yields:
        Frames with the columns as text, the `line` that a row ends in, how many
        `fields` it has, and in `surplus` what it has beyond the columns.

    Raises:
        InputError: The header names other columns, a quote is never closed, or the
            file is not UTF-8.
    """
    reader = csv.reader(file, delimiter=";", strict=True)
    try:
        header = next(reader, list[str]())
        if sorted(header) != sorted(columns):
            raise InputError(f"{file.name}: columns {header}, not {[*columns]}")
        numbered = ((reader.line_num, fields) for fields in reader if fields)
        for batch in batched(numbered, rows, strict=False):
            yield _frame(header, batch)
    except csv.Error as error:
        message = f"{file.name}, line {reader.line_num}: {error}"
        raise InputError(message) from error
    except UnicodeDecodeError as error:
        raise InputError(f"{file.name}: not UTF-8: {error.reason}") from error


def read_customers(path: Path) -> pd.DataFrame:
    """Return the columns `customer` and `country`, with each customer once.

    Raises:
        InputError: The file has a fault; sales cannot be looked up in it.
        OSError: It cannot be read.
    """
    columns = ("customer", "country")
    with path.open(encoding="utf-8-sig", newline="") as file:
        chunks = [*read_chunks(file, columns, rows=50_000)]
    table = pd.concat([_frame(columns, []), *chunks])
    sound = (
        (table["fields"] == len(columns))
        & table["customer"].str.fullmatch("[0-9]{5}")
        & table["country"].str.fullmatch("[A-Z]{2}")
    )
    if not sound.all():
        raise InputError(f"{path}: lines {table.loc[~sound, 'line'].tolist()[:5]}")
    twice = table.loc[table.duplicated("customer"), "customer"]
    if not twice.empty:
        raise InputError(f"{path}: customers listed twice: {twice.tolist()[:5]}")
    return table[[*columns]]


def _frame(
    header: Sequence[str], numbered: Iterable[tuple[int, list[str]]]
) -> pd.DataFrame:
    """Return rows as text, padded where they are short."""
    width = len(header)
    rows = [
        (
            line,
            len(fields),
            *fields[:width],
            *[""] * (width - len(fields)),
            ";".join(fields[width:]),
        )
        for line, fields in numbered
    ]
    frame = pd.DataFrame(rows, columns=["line", "fields", *header, "surplus"])
    types = dict.fromkeys(frame.columns, "str") | {"line": "int64", "fields": "int64"}
    return frame.astype(types)
