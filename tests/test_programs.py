"""The programs of `examples/`, as one who downloads them has them.

- Each program passes its tests, Ruff, mypy and Pyright, and what its page says fails before, fails
"""

import os
import subprocess
import sys
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from proven import programs
from proven.project import Project

ROOT = Path(__file__).parent.parent
NAMES = sorted(file.parent.name for file in (ROOT / programs.PROGRAMS).glob("*/pyproject.toml"))
CHECKS = (["ruff", "check"], ["ruff", "format", "--check"], ["mypy"], ["pyright"])

pytestmark = pytest.mark.slow


class Download:
    """A program that was downloaded from its page and unpacked."""

    def __init__(self, name: str, folder: Path) -> None:
        program = programs.read(ROOT, name)
        assert program
        with zipfile.ZipFile(BytesIO(programs.archive(program))) as archive:
            archive.extractall(folder)
        self.folder = folder / name

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in its environment, as its lock file has it."""
        uv = [sys.executable, "-m", "uv", "run", "--quiet", "--locked"]
        env = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
        return subprocess.run([*uv, *command], cwd=self.folder, env=env, capture_output=True, text=True)

    def outcomes(self, *options: str) -> dict[str, bool]:
        """Whether each of its tests passes."""
        report = self.folder / "report.xml"
        self.run("pytest", "-q", f"--junit-xml={report}", "-o", "junit_family=xunit1", *options)
        return {
            f"{case.get('file')}::{case.get('name')}": not (case.findall("failure") or case.findall("error"))
            for case in ElementTree.parse(report).iter("testcase")
        }


@pytest.mark.parametrize("name", NAMES)
def test_program(name: str, tmp_path: Path) -> None:
    """Its own commands pass; against `before` those tests fail that pyproject.toml names, and no others."""
    download = Download(name, tmp_path)
    passed = download.outcomes()
    assert passed
    assert all(passed.values()), passed
    for command in CHECKS:
        done = download.run(*command)
        assert done.returncode == 0, done.stdout + done.stderr
    before = download.outcomes("-o", "pythonpath=before")
    settings = tomllib.loads((download.folder / "pyproject.toml").read_text("utf-8"))
    assert passed.keys() == before.keys()
    assert {test for test, passes in before.items() if not passes} == {
        *settings["tool"]["proven"]["before-fails"]
    }


@pytest.mark.parametrize("name", NAMES)
def test_archive(name: str) -> None:
    """What is downloaded has nothing in it that a tool has left behind, and is the same each time."""
    program = programs.read(Project.around(ROOT).root, name)
    assert program
    packed = programs.archive(program)
    assert packed == programs.archive(program)
    tracked = subprocess.run(
        ["git", "ls-files", f"{programs.PROGRAMS}/{name}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    files = zipfile.ZipFile(BytesIO(packed)).namelist()
    assert sorted(f"{programs.PROGRAMS}/{file}" for file in files) == sorted(tracked)
