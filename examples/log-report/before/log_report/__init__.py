"""Report the failing and the slow paths of access logs."""

from log_report.reading import read_requests
from log_report.records import Rejected, Request
from log_report.summary import Summary, render, summarise
from log_report.writing import write_lines

__all__ = [
    "Rejected",
    "Request",
    "Summary",
    "read_requests",
    "render",
    "summarise",
    "write_lines",
]
