"""The lines of logs, read one by one."""

import zlib
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from gzip import BadGzipFile, GzipFile
from io import BufferedReader
from itertools import count
from pathlib import Path

from log_report.records import Rejected, Request, parse

MAX_LINE = 8_192
"""How long a line may be, in bytes: nobody's line fills the memory."""


def read_requests(paths: Iterable[Path]) -> Generator[Request | Rejected]:
    """Yield the requests of some logs, and what could not be read, in order.

    At most one log is open at a time. Close the generator if you do not read it to
    its end, as `contextlib.closing()` does: that closes the log.

    Raises:
        OSError: A log cannot be opened.
    """
    for path in paths:
        with _open_log(path) as file:
            for number in count(1):
                try:
                    line = _read_line(file)
                except (EOFError, BadGzipFile, zlib.error) as error:
                    yield Rejected(str(path), number, f"damaged from here: {error}")
                    break
                if not line:
                    break
                yield _request(line, path, number)


def _request(line: bytes, path: Path, number: int) -> Request | Rejected:
    if len(line) > MAX_LINE:
        return Rejected(str(path), number, f"longer than {MAX_LINE} bytes")
    try:
        return parse(line.decode("utf-8", "backslashreplace").rstrip("\r\n"))
    except ValueError as error:
        return Rejected(str(path), number, str(error))


@contextmanager
def _open_log(path: Path) -> Generator[BufferedReader | GzipFile]:
    """Open a log by what it is, not by its name: rotation renames it."""
    with path.open("rb") as file:
        if file.peek(2).startswith(b"\x1f\x8b"):
            with GzipFile(fileobj=file) as unpacked:
                yield unpacked
        else:
            yield file


def _read_line(file: BufferedReader | GzipFile) -> bytes:
    """Return the next line, b"" at the end; pass over the rest of one too long."""
    line = rest = file.readline(MAX_LINE + 1)
    while len(rest) > MAX_LINE and not rest.endswith(b"\n"):
        rest = file.readline(MAX_LINE + 1)
    return line
