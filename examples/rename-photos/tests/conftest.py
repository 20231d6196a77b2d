"""A folder of photos, and the command as a user sees it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from rename_photos.cli import main


class Outcome(NamedTuple):
    """What the shell gets."""

    status: object
    out: str
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the command in the folder, as a shell would."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Outcome:
        status: object
        try:
            status = main(list(arguments))
        except SystemExit as stopped:
            status = stopped.code
        except KeyboardInterrupt:
            status = "KeyboardInterrupt"
        captured = capsys.readouterr()
        return Outcome(status, captured.out, captured.err)

    return call


def take(folder: Path, *names: str) -> None:
    """Takes photos, one a second; the content of each is its first name."""
    for second, name in enumerate(names):
        photo = folder / name
        photo.write_text(name, encoding="utf-8")
        os.utime(photo, (second, second))


def look(folder: Path) -> dict[str, str]:
    """The names in the folder, with what each photo was called at first."""
    return {photo.name: photo.read_text(encoding="utf-8") for photo in folder.iterdir()}
