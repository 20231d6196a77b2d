"""What the requests of a log come to."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest

from log_report.records import Request


@dataclass(slots=True)
class PathSummary:
    """The requests for one path."""

    requests: int = 0
    errors: int = 0
    seconds: float = 0.0

    @property
    def mean(self) -> float:
        """The seconds that a request takes."""
        return self.seconds / self.requests


@dataclass(slots=True)
class Summary:
    """The requests for each path."""

    paths: dict[str, PathSummary] = field(default_factory=dict[str, PathSummary])


def summarise(
    records: Iterable[Request],
    *,
    since: datetime | None = None,
) -> Summary:
    """Count the errors of each path, and measure how slow it is."""
    if since is not None:
        since = since.replace(tzinfo=None)
        records = [record for record in records if record.time >= since]
    errors = Counter(record.path for record in records if record.status >= 500)
    seconds = defaultdict[str, list[float]](list)
    for record in records:
        seconds[record.path].append(record.seconds)
    return Summary(
        {
            path: PathSummary(len(each), errors[path], sum(each))
            for path, each in seconds.items()
        }
    )


def render(summary: Summary, *, top: int = 10) -> Iterator[str]:
    """Yield the lines of the report."""
    yield f"requests: {sum(path.requests for path in summary.paths.values())}"
    yield "errors"
    for path, counts in _largest(summary, top, lambda path: path.errors):
        yield f"  {counts.errors} of {counts.requests} {path}"
    yield "slowest"
    for path, counts in _largest(summary, top, lambda path: path.mean):
        yield f"  {counts.mean:.3f} s {path}"


def _largest(
    summary: Summary, top: int, value: Callable[[PathSummary], float]
) -> list[tuple[str, PathSummary]]:
    found = ((name, path) for name, path in summary.paths.items() if value(path) > 0)
    return nlargest(top, found, key=lambda item: (value(item[1]), item[0]))
