"""From two CSV files to one Parquet file."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd


class InputError(ValueError):
    """A file cannot be used."""


@dataclass
class Summary:
    """How many rows were read, and where they went."""

    read: int
    written: int
    rejected: int


def clean(sales: Path, customers: Path, folder: Path) -> Summary:
    """Write `sales.parquet`."""
    frame = read_sales(sales)
    read = len(frame)
    frame = typed(frame)
    frame = with_country(frame, pd.read_csv(customers, sep=";"))
    folder.mkdir(parents=True, exist_ok=True)
    frame.to_parquet(folder / "sales.parquet", index=False)
    return Summary(read, len(frame), read - len(frame))


def read_sales(path: Path) -> pd.DataFrame:
    """Read the till's export."""
    try:
        return pd.read_csv(path, sep=";", decimal=",", thousands=".")
    except (pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        raise InputError(f"{path}: {error}") from error


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """Convert the columns, and drop what cannot be converted."""
    frame["sold_at"] = pd.to_datetime(frame["sold_at"], dayfirst=True, errors="coerce")
    frame["amount"] = pd.to_numeric(frame["amount"], errors="coerce")
    frame = frame.dropna(subset=["sale", "sold_at", "amount"]).drop_duplicates()
    frame["discount"] = frame["discount"].fillna(0)
    returned = frame[frame["kind"] == "return"]
    returned["amount"] = -returned["amount"]
    return frame


def with_country(sales: pd.DataFrame, customers: pd.DataFrame) -> pd.DataFrame:
    """Add the country of each customer."""
    return sales.merge(customers, on="customer", how="left")
