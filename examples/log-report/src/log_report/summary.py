"""What the requests of a log come to."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from heapq import nlargest

from log_report.records import Rejected, Request

MAX_PATHS = 10_000
"""How many paths are told apart: attackers ask for many."""

MAX_EXAMPLES = 5
"""How many rejected lines are kept."""

OTHER = "(other paths)"
"""What stands for the paths after the first MAX_PATHS."""


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
    """The requests for each path, and the lines that were rejected."""

    paths: dict[str, PathSummary] = field(default_factory=dict[str, PathSummary])
    rejected: int = 0
    examples: list[Rejected] = field(default_factory=list[Rejected])

    def count(self, request: Request) -> None:
        """Add a request to those for its path."""
        known = request.path in self.paths or len(self.paths) < MAX_PATHS
        path = self.paths.setdefault(request.path if known else OTHER, PathSummary())
        path.requests += 1
        path.errors += request.status >= 500
        path.seconds += request.seconds

    def reject(self, rejected: Rejected) -> None:
        """Count a line that was rejected, and keep it if it is one of the first."""
        self.rejected += 1
        if len(self.examples) < MAX_EXAMPLES:
            self.examples.append(rejected)


def summarise(
    records: Iterable[Request | Rejected], *, since: datetime | None = None
) -> Summary:
    """Read records once, and keep of them only what the report needs.

    Raises:
        ValueError: `since`, the time of the first request to count, has no zone.
    """
    if since is not None and since.tzinfo is None:
        raise ValueError(f"{since} has no time zone")
    summary = Summary()
    for record in records:
        if isinstance(record, Rejected):
            summary.reject(record)
        elif since is None or record.time >= since:
            summary.count(record)
    return summary


def render(summary: Summary, *, top: int = 10) -> Iterator[str]:
    """Yield the lines of the report."""
    requests = sum(path.requests for path in summary.paths.values())
    yield f"requests: {requests}, rejected lines: {summary.rejected}"
    for example in summary.examples:
        yield f"  {example.file}:{example.line}: {example.reason}"
    if summary.rejected > len(summary.examples):
        yield f"  and {summary.rejected - len(summary.examples)} more"
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
