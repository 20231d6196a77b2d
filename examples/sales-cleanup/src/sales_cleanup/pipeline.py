"""From two CSV files to one Parquet file and the rows that did not get into it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from zoneinfo import ZoneInfo

import pandas as pd
import pyarrow.parquet as pq

from sales_cleanup.checking import COLUMNS, reasons, typed
from sales_cleanup.reading import InputError, read_chunks, read_customers
from sales_cleanup.writing import SCHEMA, replacing, table


@dataclass(frozen=True, slots=True)
class Summary:
    """How many rows were read, and where they went: the parts add up."""

    read: int
    written: int
    rejected: int


def clean(
    sales: Path,
    customers: Path,
    folder: Path,
    *,
    zone: str = "Europe/Berlin",
    chunk_rows: int = 50_000,
) -> Summary:
    """Write `sales.parquet` and `rejects.csv`, which has a reason for each row.

    Of the rows with one number of a sale, the last sound one counts: the till repeats
    a sale below when it was corrected. That needs the numbers in memory, and the file
    to be read twice; of the rows there are never more than `chunk_rows`.

    Args:
        sales: The till's export, with local times and a decimal comma.
        customers: Who is known, each once.
        folder: Where the files of the last run are replaced, after all is written.
        zone: Where the till's clock is.
        chunk_rows: How many rows are held at once.

    Raises:
        InputError: A file as a whole cannot be used.
        OSError: A file cannot be read or written.
        ZoneInfoNotFoundError: There is no such zone.
    """
    clock = ZoneInfo(zone)
    known = read_customers(customers)
    with (
        sales.open(encoding="utf-8-sig", newline="") as file,
        replacing(folder, ["rejects.csv", "sales.parquet"]) as new,
        (new / "rejects.csv").open("w", encoding="utf-8", newline="") as rejects,
        pq.ParquetWriter(new / "sales.parquet", SCHEMA) as parquet,
    ):
        last = _last_lines(_checked(file, known, clock, chunk_rows))
        listed = ["line", "reason", *COLUMNS, "surplus"]
        pd.DataFrame(columns=listed).to_csv(rejects, sep=";", index=False)
        read = written = 0
        for chunk in _checked(file, known, clock, chunk_rows):
            older = chunk["line"] != chunk["sale"].map(last)
            replaced = (chunk["reason"] == "") & older
            chunk.loc[replaced, "reason"] = "sale: corrected by a later row"
            bad = chunk["reason"] != ""
            chunk.loc[bad, listed].to_csv(rejects, sep=";", index=False, header=False)
            good = with_country(typed(chunk[~bad], clock), known)
            parquet.write_table(table(good))
            read, written = read + len(chunk), written + len(good)
        if written != len(last):
            raise InputError(f"{sales}: changed while it was read")
    return Summary(read, written, read - written)


def with_country(sales: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Return the same sales, in their order, with the country of each customer.

    Raises:
        pd.errors.MergeError: A customer is listed twice.
    """
    return sales.merge(customers, on="customer", how="left", validate="many_to_one")


def _last_lines(chunks: Iterable[pd.DataFrame]) -> dict[str, int]:
    """Return for each sale the last line that has it without a fault."""
    last: dict[str, int] = {}
    for chunk in chunks:
        sound = chunk[chunk["reason"] == ""]
        last.update(zip(sound["sale"], sound["line"], strict=True))
    return last


def _checked(
    file: TextIO, customers: pd.DataFrame, zone: ZoneInfo, rows: int
) -> Iterator[pd.DataFrame]:
    """Yield the file's rows from its start, with a `reason` where one is bad."""
    file.seek(0)
    for chunk in read_chunks(file, COLUMNS, rows=rows):
        yield chunk.assign(reason=reasons(chunk, customers, zone))
