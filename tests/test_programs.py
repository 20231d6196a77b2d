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
from proven.toolchain.environments import find_links
from proven.toolchain.node import node

from .sampling import sampled

ROOT = Path(__file__).parent.parent
NAMES = sorted(file.parent.name for file in (ROOT / programs.PROGRAMS).glob("*/pyproject.toml"))
LINT = (["ruff", "check"], ["ruff", "format", "--check"])
TYPES = (["mypy"], ["pyright"])

pytestmark = pytest.mark.slow


class Download:
    """A program that was downloaded from its page and unpacked."""

    def __init__(self, name: str, folder: Path) -> None:
        program = programs.read(ROOT, name)
        assert program
        with zipfile.ZipFile(BytesIO(programs.archive(program))) as archive:
            archive.extractall(folder)
        self.folder = folder / name
        tools = Path(sys.executable).parent
        places = [str(Path(node()[0]).parent), str(tools), os.environ["PATH"]]
        self.env = {**os.environ, "PATH": os.pathsep.join(places), "UV_PROJECT_ENVIRONMENT": ".venv"}
        self.env.pop("VIRTUAL_ENV", None)
        self.install()

    def install(self) -> None:
        """Install what is locked; where PyTorch's index is out of reach, from where pip looks."""
        if self.uv("sync", "--locked").returncode == 0:
            return
        links = [option for place in find_links() for option in ("--find-links", place)]
        locked = "locked.txt"
        steps = (
            ["export", "--frozen", "--no-emit-project", "--output-file", locked],
            ["venv", "--clear"],
            ["pip", "sync", "--require-hashes", *links, locked],
            ["pip", "install", "--no-deps", "--editable", "."],
        )
        for step in steps:
            done = self.uv(*step)
            assert done.returncode == 0, done.stderr

    def uv(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run uv in its folder."""
        return subprocess.run(
            ["uv", *command], cwd=self.folder, env=self.env, capture_output=True, text=True, check=False
        )

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command in its environment."""
        return self.uv("run", "--no-sync", *command)

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
    """Its own commands pass; against `before` those tests fail that pyproject.toml names, and no others.

    Type checkers take longest: they are asked about one program in three at a time, unless PROVEN_ALL is set.
    """
    download = Download(name, tmp_path)
    passed = download.outcomes()
    assert passed
    assert all(passed.values()), passed
    for command in (*LINT, *(TYPES if name in sampled(NAMES, 3) else ())):
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
