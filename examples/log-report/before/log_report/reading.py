"""The lines of logs."""

import gzip
from collections.abc import Iterable, Iterator
from pathlib import Path

from log_report.records import Request, parse


def read_requests(paths: Iterable[Path]) -> Iterator[Request]:
    """Yield the requests of some logs; a broken log does not stop the report."""
    for path in paths:
        try:
            for line in read_lines(path):
                yield parse(line)
        except:
            pass


def read_lines(path: Path) -> Iterable[str]:
    """Return the lines of a log."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt") as file:
            return (line for line in file)
    with path.open() as file:
        return file.readlines()
