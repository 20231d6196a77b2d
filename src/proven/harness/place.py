"""Where in the code of a block an exception came from."""

import linecache
from traceback import FrameSummary, StackSummary

from proven.harness.script import NAME
from proven.harness.session import SessionError

Span = tuple[int, int, int]
"""The first column, the last line, and the column after the last; all are counted from 1."""


def find(error: BaseException, stack: StackSummary) -> tuple[int | None, Span | None]:
    """The line of the block that an exception is about, and where exactly, as far as that is known."""
    if isinstance(error, SyntaxError) and error.filename == NAME and error.lineno is not None:
        return error.lineno, _of_syntax_error(error)
    if isinstance(error, SessionError):
        return error.lineno, None
    frame = next((frame for frame in reversed(stack) if frame.filename == NAME), None)
    return (frame.lineno, _of_frame(frame)) if frame else (None, None)


def _of_frame(frame: FrameSummary) -> Span | None:
    """The expression or statement that a frame was at."""
    first, last, start, end = frame.lineno, frame.end_lineno, frame.colno, frame.end_colno
    if first is None or last is None or start is None or end is None:
        return None
    return _column(first, start), last, _column(last, end)


def _column(line: int, offset: int) -> int:
    """The column at an offset, which Python counts in bytes."""
    text = linecache.getline(NAME, line).encode(errors="replace")
    return len(text[:offset].decode(errors="replace")) + 1


def _of_syntax_error(error: SyntaxError) -> Span | None:
    """What Python cannot read, or the first character of it where that ends in another line."""
    line, start, end = error.lineno or 1, error.offset or 0, error.end_offset or 0
    if start < 1:
        return None
    return start, line, end if error.end_lineno == line and end > start else start + 1
