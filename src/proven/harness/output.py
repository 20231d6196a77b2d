"""What a block prints: how much it may be, and which line asked for it."""

import ast
import builtins
import inspect
import io
import sys
import types
from collections.abc import Callable
from typing import Any, TextIO

from proven.harness.script import NAME

Emit = Callable[[str, str], object]
"""Takes the name of a stream, and text."""

OUTPUT_LIMIT = 200_000
"""Characters that one block may print."""


class OutputLimit(BaseException):
    """The block printed more than `OUTPUT_LIMIT` characters."""

    def __init__(self) -> None:
        super().__init__(f"printed more than {OUTPUT_LIMIT:,} characters")


class Stream(io.TextIOBase):
    """A text stream that passes on what is written, as it is written."""

    def __init__(self, name: str, emit: Emit) -> None:
        self.stream = name
        self.emit = emit
        self.left = OUTPUT_LIMIT

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        fits = text[: max(0, self.left)]
        self.left -= len(text)
        self.emit(self.stream, fits)
        if self.left < 0:
            raise OutputLimit
        return len(text)


class PrintRecorder:
    """Stands in for `print()`: prints, and notes which line of the block asked for it."""

    def __init__(self) -> None:
        self.prints: list[dict[str, Any]] = []
        self.real = builtins.print

    def __call__(
        self,
        *args: object,
        sep: str | None = " ",
        end: str | None = "\n",
        file: TextIO | None = None,
        flush: bool = False,
    ) -> None:
        shown = isinstance(sys.stdout, Stream)  # else something captures it
        if shown and (file is None or file is sys.stdout):
            line = block_line(inspect.currentframe())
            if line is not None:
                text = (" " if sep is None else sep).join(map(str, args))
                self.prints.append({"line": line, "text": text})
        self.real(*args, sep=sep, end=end, file=file, flush=flush)


def block_line(frame: types.FrameType | None) -> int | None:
    """The line of the block that `frame` was called from, if any."""
    while frame is not None and frame.f_code.co_filename != NAME:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else None


def place_prints(source: str, prints: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say where each output belongs: after which line, with which indentation."""
    if not prints:
        return []
    lines = source.split("\n")
    statements = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.stmt)]

    def place(line: int) -> dict[str, int]:
        around = [node for node in statements if node.lineno <= line <= (node.end_lineno or 0)]
        if not around:  # of another source under the same name
            return {"line": min(line, len(lines)), "indent": 0}
        inner = max(around, key=lambda node: (node.lineno, -(node.end_lineno or 0)))
        last = line if hasattr(inner, "body") else inner.end_lineno or line
        text = lines[inner.lineno - 1]
        return {"line": last, "indent": len(text) - len(text.lstrip())}

    places = {line: place(line) for line in {output["line"] for output in prints}}
    return [{**places[output["line"]], "text": output["text"]} for output in prints]
