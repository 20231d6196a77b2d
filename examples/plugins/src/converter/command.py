"""The command line."""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from converter.plugin import FormatError, Row
from converter.registry import Registry


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a CSV file in another format; 1 if that fails."""
    parser = argparse.ArgumentParser("converter", description="Convert a CSV file.")
    registry = Registry.discover()
    parser.add_argument("format", help=", ".join(registry.names()).replace("%", "%%"))
    parser.add_argument("table", type=Path, help="a CSV file")
    options = parser.parse_args(arguments)
    for problem in registry.problems:
        print(f"converter: {problem}", file=sys.stderr)
    try:
        print(registry.write(options.format, read_table(options.table)), end="")
    except (FormatError, OSError, ValueError, csv.Error) as error:
        parser.exit(1, f"converter: {error}\n")
    return 0


def read_table(path: Path) -> list[Row]:
    """Return the rows of a CSV file, whose first line has the names of the columns.

    Raises:
        OSError: The file cannot be read.
        ValueError: It has two columns of one name, or a row of another length.
        csv.Error: It is not a CSV file.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file, strict=True)
        columns = next(lines, list[str]())
        if len(set(columns)) < len(columns):
            raise ValueError(f"two columns have one name: {columns!a}")
        return [dict(zip(columns, cells, strict=True)) for cells in lines if cells]
