"""The file of a report."""

import os
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory


def write_lines(path: Path, lines: Iterable[str]) -> None:
    """Put lines into a file, all or none: until all are written, the old file stays.

    Raises:
        OSError: The file cannot be written.
    """
    with TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder, path.name)
        with new.open("w", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
