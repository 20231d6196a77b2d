"""The file of a report."""

from collections.abc import Iterable
from pathlib import Path


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Put lines into a file."""
    with path.open("w") as file:
        for line in lines:
            file.write(f"{line}\n")
