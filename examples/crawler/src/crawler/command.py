"""The command line."""

import argparse
import asyncio
from collections.abc import Sequence

import httpx

from crawler.addresses import parse_start
from crawler.crawling import crawl
from crawler.report import Limits, Report


def main(
    arguments: Sequence[str] | None = None,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
) -> int:
    """Crawl a site, print the report, and return the status for the shell.

    0 if every page was read, 1 if not, 130 if it was interrupted.
    """
    parser = argparse.ArgumentParser("crawler", description="Visit a site's pages.")
    parser.add_argument("start", help="the address of the first page")
    parser.add_argument("--seconds", type=float, default=300.0, help="for the crawl")
    options = parser.parse_args(arguments)
    try:
        parse_start(options.start)
        limits = Limits(total_time=options.seconds)
    except ValueError as error:
        parser.error(str(error))
    report = Report()
    interrupted = False
    try:
        asyncio.run(crawl(options.start, report, limits=limits, transport=transport))
    except KeyboardInterrupt:  # asyncio.run() has cancelled the crawl
        interrupted = True
    print_report(report)
    return 130 if interrupted else int(not report.complete)


def print_report(report: Report) -> None:
    """Print what was found, in an order that does not depend on the server's pace."""
    print(f"pages read: {len(report.pages)}, failed: {len(report.failures)}")
    for address, cause in sorted(report.failures.items()):
        print(f"failed: {address!a}: {cause!a}")  # both may hold control characters
    for address in sorted(report.waiting):
        print(f"not visited: {address}")
    if report.left_out:
        print(f"links left out, as there are too many pages: {report.left_out}")
