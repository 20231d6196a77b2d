"""The annotate.py of a small site, to be run."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .served import FOLDER, Said, loaded, write_program

type Annotate = Callable[..., Said]


@pytest.fixture(scope="session")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The annotate.py that a small site serves."""
    return write_program(tmp_path_factory.mktemp("site"))


@pytest.fixture
def annotate(program: Path, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Annotate:
    """Gives a report, as a file of the cases, as text or as data, to annotate.py."""
    main = loaded(program)

    def run_on(report: Any, *options: str) -> Said:
        file = FOLDER / report if isinstance(report, str) else tmp_path / "report"
        if not isinstance(report, str):
            file.write_bytes(report if isinstance(report, bytes) else json.dumps(report).encode())
        status = main(["--root", "/project", *options, str(file)])
        out, err = capfdbinary.readouterr()
        return Said(status, out.decode(), err.decode())

    return run_on
