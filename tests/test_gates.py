"""The settings of the repository's tools hold; what no test runs is deleted."""

import subprocess
import sys

import pytest

from proven.project import Project
from proven.toolchain.node import node

from .conftest import ROOT

COMMANDS = {
    "ruff check": [sys.executable, "-m", "ruff", "check"],
    "ruff format": [sys.executable, "-m", "ruff", "format", "--check"],
    "mypy": [sys.executable, "-m", "mypy"],
}


def run(command: list[str]) -> None:
    """Run a tool in the repository; it has to be content."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("tool", COMMANDS)
def test_python(tool: str) -> None:
    """Ruff and mypy find nothing in src, tests and benchmarks."""
    run(COMMANDS[tool])


def test_typescript(tools: Project) -> None:
    """The TypeScript compiler finds nothing in runner, in strict mode."""
    run(node(tools.modules / "typescript" / "bin" / "tsc", "--project", tools.root))
