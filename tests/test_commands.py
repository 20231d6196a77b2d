"""The commands as programs: what tests run in their own process is what a terminal gets."""

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
from click import Context

from proven.cli.main import main

from .workspace import Workspace

COMMANDS = {
    "check": ("code", "--diff"),
    "verify": ("docs/topic", "--interpreter", "native"),
    "measure": ("docs/topic/one.md",),
    "merge": ("nowhere",),
    "assets": ("out",),
    "packages": (),
    "environments": (),
    "code": ("docs/topic/one.md",),
    "addresses": (),
    "export": ("offline", "--site", "nowhere", "--to", "out"),
    "annotate": ("nowhere.json",),
}
"""Each command, as it is called here."""


@pytest.fixture
def site(small_site: Workspace) -> Workspace:
    """A project of two rules, one of them wrong."""
    page = small_site.root / "docs" / "topic" / "two.md"
    page.write_text(page.read_text("utf-8").replace("#> native", "#> another"), "utf-8")
    (small_site.root / "out").mkdir()
    small_site.write("code/a.py", "items = []\n")
    return small_site


def test_all_commands() -> None:
    """The table has every command."""
    assert COMMANDS.keys() == {*main.list_commands(Context(main))}


@pytest.mark.parametrize("name", COMMANDS)
def test_in_a_process_of_its_own(site: Workspace, name: str) -> None:
    """A command as a process prints the same on both streams, and ends with the same status."""
    arguments = ("proven", name, *COMMANDS[name])
    copy = Workspace(shutil.copytree(site.root, site.root.with_name("copy"), symlinks=True))
    here, apart = site.command(*arguments), copy.process(*arguments)
    assert (apart.returncode, apart.stdout, apart.stderr) == (here.returncode, here.stdout, here.stderr)


def test_build_in_a_process_of_its_own(site: Workspace) -> None:
    """So it is with a build that fails."""
    here, apart = (run("mkdocs", "build", "--strict") for run in (site.command, site.process))
    assert (apart.returncode, apart.stdout) == (here.returncode, here.stdout)
    assert here.returncode == 1
    assert _without_times(apart.stderr) == _without_times(here.stderr)


def test_pytest_in_a_process_of_its_own(site: Workspace) -> None:
    """So it is with pytest, but for the list of its plugins."""
    here, apart = (
        run("pytest", "docs", "-rA", "-k", "two", "-p", "no:asyncio") for run in (site.command, site.process)
    )
    assert (apart.returncode, apart.stderr) == (here.returncode, here.stderr)
    assert here.returncode == pytest.ExitCode.TESTS_FAILED
    assert _without_times(apart.stdout) == _without_times(here.stdout)


def _without_times(said: str) -> list[str]:
    varies = re.compile(r" seconds| in \d+\.\d+s|^plugins: ")
    return [line for line in said.splitlines() if not varies.search(line)]


def test_as_a_script(tmp_path: Path) -> None:
    """`proven` is installed as a program too."""
    program = shutil.which("proven", path=sysconfig.get_path("scripts"))
    assert program
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [program, "verify"], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "is not in a project" in done.stderr
