"""One line of a log."""

import re
from dataclasses import dataclass
from datetime import datetime

_LINE = re.compile(
    r"\S+ \S+ \S+ "  # the client, and who it is
    r"\[(?P<time>[^]]+)\] "
    r'"[A-Z]+ (?P<path>[!#->@-~]+)(?:\?[!#-~]*)? HTTP/[0-9.]+" '
    r"(?P<status>[1-5][0-9]{2}) (?:[0-9]+|-) (?P<seconds>[0-9]{1,6}\.[0-9]{1,6})"
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was served; its path is without the query."""

    time: datetime
    path: str
    status: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Rejected:
    """A place in a log that could not be read, and why."""

    file: str
    line: int
    reason: str


def parse(line: str) -> Request:
    """Return the request that a line of a log describes."""
    match = _LINE.match(line)
    time = datetime.strptime(match["time"].split()[0], "%d/%b/%Y:%H:%M:%S")
    return Request(time, match["path"], int(match["status"]), float(match["seconds"]))
