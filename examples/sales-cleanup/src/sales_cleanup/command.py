"""The command `sales-cleanup`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sales_cleanup.pipeline import clean
from sales_cleanup.reading import InputError


def _zone(text: str) -> str:
    """Return the name of a time zone, if it is one."""
    try:
        return ZoneInfo(text).key
    except (OSError, ValueError, ZoneInfoNotFoundError) as error:
        raise argparse.ArgumentTypeError(f"no time zone: {text!r}") from error


def main(arguments: Sequence[str] | None = None) -> int:
    """Clean the files that are named; return 0, or 1 where one cannot be used."""
    parser = argparse.ArgumentParser(prog="sales-cleanup")
    parser.add_argument("sales", type=Path)
    parser.add_argument("customers", type=Path)
    parser.add_argument("folder", type=Path, help="where the results are written")
    parser.add_argument(
        "--zone", type=_zone, default="Europe/Berlin", help="of the till's clock"
    )
    options = parser.parse_args(arguments)
    try:
        summary = clean(
            options.sales, options.customers, options.folder, zone=options.zone
        )
    except (InputError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{summary.read} read, {summary.written} written, {summary.rejected} not")
    return 0


if __name__ == "__main__":
    sys.exit(main())
