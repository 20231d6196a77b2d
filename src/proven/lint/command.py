"""Run a tool that exits with 1 when it has found something."""

import subprocess
from pathlib import Path

from proven.model import Unavailable


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool in a folder."""
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )


def said(done: subprocess.CompletedProcess[str]) -> str:
    """What a tool has printed.

    Raises:
        Unavailable: The tool itself failed.
    """
    if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
        raise Unavailable(f"{Path(done.args[0]).name} failed\n{done.stdout}{done.stderr}")
    return done.stdout


def output(command: list[str], folder: Path) -> str:
    """What a tool prints when it is run in a folder.

    Raises:
        Unavailable: The tool itself failed.
    """
    return said(run(command, folder))
