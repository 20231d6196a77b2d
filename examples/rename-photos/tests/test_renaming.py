"""No photo is ever lost, and all are renamed or none."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import Run, look, take

Patch = Callable[[Callable[[Path, Path], object]], None]


@pytest.fixture
def before_each_rename(monkeypatch: pytest.MonkeyPatch) -> Patch:
    """Lets something happen just before a file is renamed."""
    rename = os.rename

    def patch(happen: Callable[[Path, Path], object]) -> None:
        def renamed(source: Any, target: Any, **options: Any) -> None:
            happen(Path(source), Path(target))
            rename(source, target, **options)

        monkeypatch.setattr(os, "rename", renamed)

    return patch


def test_photos_are_numbered_in_the_order_of_time(run: Run, tmp_path: Path) -> None:
    take(tmp_path, "b.jpg", "c.JPG", "a.png")
    assert run("sea-", "a.png", "b.jpg", "c.JPG") == (0, "", "")
    assert look(tmp_path) == {
        "sea-001.jpg": "b.jpg",
        "sea-002.jpg": "c.JPG",
        "sea-003.png": "a.png",
    }


def test_a_dry_run_only_shows_the_names(run: Run, tmp_path: Path) -> None:
    take(tmp_path, "b.jpg", "ä\n.jpg")
    outcome = run("--dry-run", "--start", "7", "sea-", "b.jpg", "ä\n.jpg")
    shown = r"'b.jpg' -> 'sea-007.jpg'" "\n" r"'\xe4\n.jpg' -> 'sea-008.jpg'" "\n"
    assert outcome == (0, shown, "")
    assert look(tmp_path) == {"b.jpg": "b.jpg", "ä\n.jpg": "ä\n.jpg"}


@pytest.mark.parametrize(
    "numbers",
    [
        pytest.param([2, 1], id="swap"),
        pytest.param([0, 1, 2], id="shift"),
        pytest.param([3, 1, 2], id="circle"),
        pytest.param([2, 1, 3, 5, 4, 9], id="both"),
    ],
)
def test_new_names_may_be_old_ones(
    run: Run, tmp_path: Path, numbers: list[int]
) -> None:
    names = [f"sea-{number:03}.jpg" for number in numbers]
    take(tmp_path, *names)
    run("sea-", *names)
    assert look(tmp_path) == {
        f"sea-{number:03}.jpg": name for number, name in enumerate(names, 1)
    }


def test_a_file_that_has_the_name_is_not_overwritten(run: Run, tmp_path: Path) -> None:
    take(tmp_path, "a.jpg", "b.jpg", "sea-002.jpg")
    outcome = run("sea-", "a.jpg", "b.jpg")
    assert look(tmp_path).keys() == {"a.jpg", "b.jpg", "sea-002.jpg"}
    assert (outcome.status, outcome.out) == (1, "")
    assert "in use already" in outcome.err


def test_a_file_that_appears_meanwhile_is_not_overwritten(
    run: Run, tmp_path: Path, before_each_rename: Patch
) -> None:
    take(tmp_path, "a.jpg", "b.jpg")
    late = tmp_path / "sea-002.jpg"

    def add(_: Path, target: Path) -> None:
        if target.name == "sea-001.jpg":
            late.write_text("late", encoding="utf-8")

    before_each_rename(add)
    outcome = run("sea-", "a.jpg", "b.jpg")
    assert look(tmp_path) == {"a.jpg": "a.jpg", "b.jpg": "b.jpg", late.name: "late"}
    assert outcome.status == 1


@pytest.mark.parametrize("name", ["missing.jpg", "album/", "."])
def test_what_is_no_photo_is_an_error(run: Run, tmp_path: Path, name: str) -> None:
    take(tmp_path, "a.jpg")
    (tmp_path / "album").mkdir()
    outcome = run("sea-", "a.jpg", name)
    assert (outcome.status, outcome.out) == (1, "")
    assert "not a file" in outcome.err
    assert {path.name for path in tmp_path.iterdir()} == {"a.jpg", "album"}


def test_a_photo_that_is_named_twice_is_one_photo(run: Run, tmp_path: Path) -> None:
    take(tmp_path, "a.jpg", "b.jpg")
    assert run("sea-", "a.jpg", "./a.jpg", str(tmp_path / "b.jpg")).status == 0
    assert look(tmp_path) == {"sea-001.jpg": "a.jpg", "sea-002.jpg": "b.jpg"}


def test_after_an_error_all_names_are_as_before(
    run: Run, tmp_path: Path, before_each_rename: Patch
) -> None:
    def fail(source: Path, _: Path) -> None:
        if source.name == "c.jpg":
            raise PermissionError(f"not allowed: {source.name}")

    take(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    before_each_rename(fail)
    outcome = run("sea-", "a.jpg", "b.jpg", "c.jpg")
    assert look(tmp_path).keys() == {"a.jpg", "b.jpg", "c.jpg"}
    assert (outcome.status, outcome.out) == (1, "")
    assert outcome.err == "rename-photos: nothing is renamed: not allowed: c.jpg\n"


def test_what_could_not_be_undone_is_said(
    run: Run, tmp_path: Path, before_each_rename: Patch
) -> None:
    def fail(source: Path, target: Path) -> None:
        if source.name == "c.jpg" or target.name == "b.jpg":
            raise PermissionError("not allowed")

    take(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    before_each_rename(fail)
    outcome = run("sea-", "a.jpg", "b.jpg", "c.jpg")
    assert outcome.status == 1
    left, now = tmp_path / "b.jpg", tmp_path / "sea-002.jpg"
    assert outcome.err == f"rename-photos: {left} is now {now}\n"
    assert look(tmp_path).keys() == {"a.jpg", "sea-002.jpg", "c.jpg"}


@pytest.mark.parametrize(
    "stop",
    [
        pytest.param(signal.SIGINT, id="ctrl-c"),
        pytest.param(signal.SIGTERM, id="terminated"),
    ],
)
def test_a_signal_leaves_all_names_as_before(
    run: Run, tmp_path: Path, before_each_rename: Patch, stop: signal.Signals
) -> None:
    def deliver(source: Path, _: Path) -> None:
        if source.name != "a.jpg":  # also while the first is undone
            signal.raise_signal(stop)

    names = ["a.jpg", "b.jpg", "c.jpg"]
    take(tmp_path, *names)
    before_each_rename(deliver)
    default = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        outcome = run("sea-", *names)
    finally:
        signal.signal(signal.SIGTERM, default)
    assert look(tmp_path).keys() == set(names)
    assert (outcome.status, outcome.out) == (128 + stop, "")
