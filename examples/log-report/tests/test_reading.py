"""Logs of all kinds are read to their end, and closed."""

import gzip
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from logs import line, report

from log_report import read_requests


def test_requests_of_all_logs_are_counted(tmp_path: Path) -> None:
    logs = [tmp_path / "access.log", tmp_path / "access.log.1"]
    logs[0].write_text(line("/cart", 500, 0.3) + line("/cart?id=1", 200, 0.1))
    logs[1].write_text(line("/", 200, 0.5) + line("/cart", 503, 0.2))
    lines = report(*logs)
    assert lines[0].startswith("requests: 4")
    assert lines[1:] == [
        "errors",
        "  2 of 3 /cart",
        "slowest",
        "  0.500 s /",
        "  0.200 s /cart",
    ]


@pytest.mark.parametrize("name", ["access.log.2.gz", "access.log.2"])
def test_a_compressed_log_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    log = tmp_path / name
    log.write_bytes(gzip.compress(line("/cart", 500).encode()))
    assert "  1 of 1 /cart" in report(log)


@pytest.mark.parametrize(
    "broken",
    [
        b"GET /cart\n",
        b'\xff - - [10/Oct/2026:13:30:00 +0000] "\xff" 400 0 0.000\n',
        line(time="31/Feb/2026:13:30:00 +0000").encode(),
        line(time="01/Jan/0001:00:00:00 +1400").encode(),
        b"\n",
        b"x" * 100_000 + b"\n",
    ],
    ids=["short", "bytes", "February", "year", "empty", "long"],
)
def test_a_broken_line_is_shown_and_costs_no_other(
    tmp_path: Path, broken: bytes
) -> None:
    log = tmp_path / "access.log"
    log.write_bytes(line("/a").encode() + broken + line("/b").encode())
    lines = report(log)
    assert lines[0].startswith("requests: 2"), "lines after the broken one are lost"
    assert lines[0].endswith("rejected lines: 1")
    assert lines[1].startswith(f"  {log}:2: ")


def test_a_damaged_archive_is_read_up_to_the_damage(tmp_path: Path) -> None:
    logs = [tmp_path / "access.log.1.gz", tmp_path / "access.log"]
    packed = gzip.compress("".join(line(f"/{n}") for n in range(2_000)).encode())
    logs[0].write_bytes(packed[: len(packed) // 2])
    logs[1].write_text(line("/last"))
    lines = report(*logs)
    assert int(lines[0].split(":")[1].split(",")[0]) > 500, (
        "the lines before the damage are lost"
    )
    assert "damaged from here" in lines[1]


def watch(
    open_path: Callable[..., IO[Any]], opened: list[IO[Any]]
) -> Callable[..., IO[Any]]:
    """Return what opens a path, and notes the file."""

    def watched(path: Path, *arguments: Any, **options: Any) -> IO[Any]:
        opened.append(open_path(path, *arguments, **options))
        return opened[-1]

    return watched


def test_a_reader_that_stops_early_closes_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    logs = [tmp_path / "a.log", tmp_path / "b.log"]
    for log in logs:
        log.write_text(line() * 3)
    opened: list[IO[Any]] = []
    monkeypatch.setattr(Path, "open", watch(Path.open, opened))
    requests = read_requests(logs)
    next(requests)
    requests.close()
    assert [file.closed for file in opened] == [True]


def test_memory_does_not_grow_with_the_log(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(line("/search?q=" + "x" * 4_000) * 500)
    tracemalloc.start()
    try:
        report(log)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < log.stat().st_size / 4, "bytes of memory"
