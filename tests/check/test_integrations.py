"""What runs `proven check` elsewhere: the action's steps under bash, and the wheel by itself."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from ..workspace import ROOT
from .conftest import BARE, Code

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name == "nt", reason="the steps are for bash"),
]


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The commands of an environment with the wheel, and nothing of the `site` extra."""
    folder = tmp_path_factory.mktemp("bare")
    subprocess.run(["uv", "build", "--wheel", "--quiet", "--out-dir", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run(["uv", "venv", "--quiet", "--python", sys.executable, folder / "venv"], check=True)
    python = str(folder / "venv" / "bin" / "python")
    subprocess.run(["uv", "pip", "install", "--quiet", "--python", python, str(wheel), "pytest"], check=True)
    return folder / "venv" / "bin"


def test_without_a_site(bare: Path, code: Code) -> None:
    """The wheel alone checks code, other commands say what they lack, and pytest works beside it."""
    code.write("a.py", BARE)
    done = subprocess.run(
        [bare / "proven", "check"], cwd=code.root, capture_output=True, text=True, check=False
    )
    assert "a.py:3:1 PX071" in done.stdout
    done = subprocess.run(
        [bare / "proven", "verify"], cwd=code.root, capture_output=True, text=True, check=False
    )
    assert "pip install 'proven-python[site]'" in done.stderr
    assert done.returncode == 1
    helped = subprocess.run([bare / "proven", "--help"], capture_output=True, text=True, check=True)
    assert "check " in helped.stdout
    code.write("test_a.py", "def test_it():\n    pass\n")
    code.write("mkdocs.yml", "site_name: Others\nplugins: [search]\n")
    subprocess.run([bare / "python", "-m", "pytest", "-q"], cwd=code.root, capture_output=True, check=True)


def action(code: Code, bare: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the action's step in a folder, as GitHub does: `bash -e -o pipefail`."""
    (step,) = [
        step for step in yaml.safe_load((ROOT / "action.yml").read_text())["runs"]["steps"] if "run" in step
    ]
    commands = code.write("bin/uvx", '#!/bin/sh\nwhile [ "$1" != proven ]; do shift; done\nexec "$@"\n')
    commands.chmod(0o755)
    inputs = {
        "PATHS": "src",
        "ARGUMENTS": "--select PX071",
        "EVERYTHING": "false",
        "GITHUB_ACTION_PATH": str(ROOT),
    }
    path = f"{commands.parent}{os.pathsep}{bare}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=code.root,
        env={**os.environ, **inputs, "PATH": path, **env},
        capture_output=True,
        text=True,
        check=False,
    )


def test_action(bare: Path, repository: Code, tmp_path_factory: pytest.TempPathFactory) -> None:
    """In a pull request the lines that it changes are annotated, elsewhere all."""
    repository.write("src/a.py", BARE)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=main")
    origin = tmp_path_factory.mktemp("origin")
    shutil.copytree(repository.root, origin / "repository")
    repository.git("remote", "add", "origin", str(origin / "repository"))
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.write("src/a.py", f"{BARE}\n\n{BARE}")
    repository.git("commit", "--quiet", "--all", "--message=topic")
    done = action(repository, bare, GITHUB_BASE_REF="main")
    assert done.returncode == 1, done.stderr
    (line,) = done.stdout.splitlines()
    assert line.startswith("::error file=src/a.py,line=9,endLine=9,col=1,endColumn=7,title=PX071%3A Catch")
    assert action(repository, bare).stdout.count("\n") == 2
    assert action(repository, bare, GITHUB_BASE_REF="main", EVERYTHING="true").stdout.count("\n") == 2
    done = action(repository, bare, GITHUB_BASE_REF="main", PATHS="src/*.py")
    assert done.returncode == 2
    assert "src/*.py is not there" in done.stderr


def test_action_on_a_shallow_checkout(bare: Path, repository: Code, tmp_path: Path) -> None:
    """Where history is missing the action says how to have it checked out."""
    repository.git("checkout", "--quiet", "--orphan", "topic")
    repository.git("commit", "--quiet", "--message=topic")
    repository.git("remote", "add", "origin", str(repository.root))
    done = action(repository, bare, GITHUB_BASE_REF="main")
    assert done.returncode == 2
    assert "fetch-depth: 0" in done.stdout
