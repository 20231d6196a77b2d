"""Write results beside the old ones, and let them take their place when all is done."""

import os
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pandas as pd
import pyarrow as pa

_FIELDS: "list[pa.Field[Any]]" = [
    pa.field("sale", pa.string(), nullable=False),
    pa.field("sold_at", pa.timestamp("us", tz="UTC"), nullable=False),
    pa.field("customer", pa.string()),
    pa.field("country", pa.string()),
    pa.field("kind", pa.string(), nullable=False),
    pa.field("amount", pa.decimal128(11, 2), nullable=False),
    pa.field("discount", pa.decimal128(11, 2)),
]
SCHEMA = pa.schema(_FIELDS)


def table(frame: pd.DataFrame) -> pa.Table:
    """Return the frame as the schema has it.

    Raises:
        pa.ArrowException: A column is missing, or has a value that does not fit.
    """
    return pa.Table.from_pandas(frame, schema=SCHEMA, preserve_index=False)


@contextmanager
def replacing(folder: Path, names: Sequence[str]) -> Generator[Path]:
    """Give a new folder to write files into, and move them to `folder` at the end.

    After an exception the old files are as they were. Each file is replaced in one
    step, the last name last: whoever finds it new finds the others new too.

    Raises:
        OSError: `folder` cannot be made or written into.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=folder, prefix=".new-") as made:
        new = Path(made)
        yield new
        for name in names:
            with (new / name).open("rb+") as file:
                os.fsync(file.fileno())
        for name in names:
            (new / name).replace(folder / name)
