"""Run a `>>>` session, and say where it gives something else than it shows."""

import doctest
import sys
import traceback
from collections.abc import Callable
from typing import Any

TRACEBACK = "Traceback (most recent call last):\n"


class SessionError(Exception):
    """An example of a `>>>` session gave something else than the session shows.

    Args:
        message: What it gave, and what the session shows.
        lineno: Its line, counted from 1.
    """

    def __init__(self, message: str, lineno: int) -> None:
        super().__init__(message)
        self.lineno = lineno


class Transcript(doctest.DocTestRunner):
    """Prints a session as it would look when typed, and keeps the first difference."""

    error: SessionError | None = None

    def report_start(
        self, out: Callable[[str], object], test: doctest.DocTest, example: doctest.Example
    ) -> None:
        first, *rest = example.source.rstrip("\n").split("\n")
        out("".join([f">>> {first}\n", *(f"... {line}\n" for line in rest)]))

    def report_success(
        self, out: Callable[[str], object], test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        if example.exc_msg is not None:  # frames differ between versions and machines
            printed, header, _ = got.partition(TRACEBACK)
            got = f"{printed}{header}  ...\n{example.exc_msg}"
        out(got)

    def report_failure(
        self, out: Callable[[str], object], test: doctest.DocTest, example: doctest.Example, got: str
    ) -> None:
        out(got)
        self.fail(example, f"gave {got.strip()!r}, the session says {example.want.strip()!r}")

    def report_unexpected_exception(
        self, out: Callable[[str], object], test: doctest.DocTest, example: doctest.Example, exc_info: Any
    ) -> None:
        got = "".join(traceback.format_exception_only(exc_info[1]))
        out(got)
        self.fail(example, f"raised {got.strip()}")

    def fail(self, example: doctest.Example, message: str) -> None:
        if self.error is None:
            self.error = SessionError(message, example.lineno + 1)


def run_session(source: str, filename: str, namespace: dict[str, Any]) -> None:
    """Execute a `>>>` session, printing its transcript.

    Raises:
        SessionError: An example gave something else than the session shows.
    """
    test = doctest.DocTestParser().get_doctest(source, namespace, filename, filename, 0)
    test.globs = namespace  # not a copy: what continues the session finds its names
    runner = Transcript(verbose=False)
    runner.run(test, out=sys.stdout.write, clear_globs=False)
    if runner.error:
        raise runner.error
