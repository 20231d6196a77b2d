"""One line of a log."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

_LINE = re.compile(
    r"\S+ \S+ \S+ "  # the client, and who it is
    r"\[(?P<time>[^]]+)\] "
    r'"[A-Z]+ (?P<path>[!#->@-~]+)(?:\?[!#-~]*)? HTTP/[0-9.]+" '
    r"(?P<status>[1-5][0-9]{2}) (?:[0-9]+|-) (?P<seconds>[0-9]{1,6}\.[0-9]{1,6})"
)


@dataclass(frozen=True, slots=True)
class Request:
    """A request that was served; its time is in UTC, its path without the query."""

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
    """Return the request that a line of a log describes.

    Raises:
        ValueError: The line has another form, or its time does not exist.
    """
    match = _LINE.fullmatch(line)
    if match is None:
        raise ValueError(f"not a request: {line[:60]!a}")
    time = datetime.strptime(match["time"], "%d/%b/%Y:%H:%M:%S %z")
    try:
        time = time.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"not a year: {match['time']}") from error
    return Request(time, match["path"], int(match["status"]), float(match["seconds"]))
