"""Logs for tests."""

from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from log_report.command import main


def line(
    path: str = "/",
    status: int = 200,
    seconds: float = 0.1,
    time: str = "10/Oct/2026:13:30:00 +0000",
) -> str:
    """Return a line of a log."""
    request = f'"GET {path} HTTP/1.1" {status} 512 {seconds:.3f}'
    return f"203.0.113.7 - - [{time}] {request}\n"


def report(*arguments: str | Path) -> list[str]:
    """Return what the command prints."""
    with redirect_stdout(StringIO()) as printed:
        assert main([str(argument) for argument in arguments]) == 0
    return printed.getvalue().splitlines()
