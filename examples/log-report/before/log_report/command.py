"""The command line."""

import argparse
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from log_report.reading import read_requests
from log_report.summary import render, summarise
from log_report.writing import write_lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report of some logs, or write it to a file; 1 if that fails."""
    parser = argparse.ArgumentParser("log-report", description="Report access logs.")
    parser.add_argument("logs", nargs="+", type=Path, metavar="LOG")
    parser.add_argument("--since", type=_time, help="as in 2026-10-10T12:00Z")
    parser.add_argument("--output", type=Path, help="a file for the report")
    options = parser.parse_args(arguments)
    try:
        requests = list(read_requests(options.logs))
        summary = summarise(requests, since=options.since)
        if options.output is None:
            print(*render(summary), sep="\n")
        else:
            write_lines(options.output, render(summary))
    except OSError as error:
        parser.exit(1, f"log-report: {error}\n")
    return 0


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise argparse.ArgumentTypeError(f"{text} has no time zone, such as Z")
    return time
