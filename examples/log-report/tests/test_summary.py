"""What is counted, and what is written."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from logs import line, report

from log_report import Request, summarise, write_lines
from log_report.command import main

NOON = datetime(2026, 10, 10, 12, tzinfo=UTC)


def test_times_of_all_zones_are_compared(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    log.write_text(
        line("/before", time="10/Oct/2026:13:30:00 +0200")
        + line("/after", time="10/Oct/2026:09:30:00 -0400")
    )
    lines = report(log, "--since", "2026-10-10T12:00Z")
    assert [each.split()[-1] for each in lines if "/" in each] == ["/after"]


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        summarise([], since=NOON.replace(tzinfo=None))


def test_an_iterator_is_read_once_for_all_counts() -> None:
    requests = [Request(NOON, "/cart", 500, 0.2), Request(NOON, "/", 200, 0.1)]
    assert summarise(iter(requests)) == summarise(requests)


def test_paths_beyond_the_limit_are_counted_together() -> None:
    requests = [Request(NOON, f"/{n}", 404, 0.1) for n in range(10_100)]
    paths = summarise(requests).paths
    assert len(paths) == 10_001
    assert paths["(other paths)"].requests == 100


def test_a_report_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "half of it"
        raise ConnectionError

    path = tmp_path / "report.txt"
    write_lines(path, ["complete"])
    with pytest.raises(ConnectionError):
        write_lines(path, lines())
    assert path.read_text() == "complete\n"
    assert list(tmp_path.iterdir()) == [path]


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    log, output = tmp_path / "access.log", tmp_path / "report.txt"
    log.write_text(line("/cart", 500))
    arguments = [str(log), "--since", "2026-10-10T12:00Z", "--output", str(output)]
    assert main(arguments) == 0
    assert "  1 of 1 /cart\n" in output.read_text()


def test_a_log_that_is_missing_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        main([str(tmp_path / "access.log")])
    assert "No such file" in capsys.readouterr().err
