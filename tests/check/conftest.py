"""Code to be checked, in a folder of its own."""

import json
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ..workspace import Workspace

BARE = "try:\n    open('a')\nexcept:\n    print('failed')\n"
"""PX071, which Ruff finds, and PX164 in its second line, which a detector of our own finds."""

CONNECT = 'import sqlite3\n\nwith sqlite3.connect("shop.db") as db:\n    db.execute("select 1")\n'
"""PX186, found by a detector of our own."""


@dataclass(frozen=True)
class Code(Workspace):
    """Code in a folder, and what `proven check` says of it."""

    def check(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command there."""
        return self.command("proven", "check", *arguments)

    def places(self, *arguments: str) -> list[str]:
        """What is found: `a.py:3 PX071`."""
        lines = self.check("--format", "rdjsonl", *arguments).stdout.splitlines()
        return [placed(json.loads(line)) for line in lines]

    def git(self, *arguments: str) -> None:
        """Run Git there."""
        names = ("-c", "user.name=Test", "-c", "user.email=test@example.org")
        subprocess.run(["git", *names, *arguments], cwd=self.root, check=True, capture_output=True)


def placed(said: dict[str, Any]) -> str:
    """Where a diagnostic of reviewdog is, and its rule."""
    start = said["location"]["range"]["start"]
    return f"{said['location']['path']}:{start['line']} {said['code']['value']}"


@pytest.fixture
def code(tmp_path: Path) -> Code:
    """An empty folder."""
    return Code(tmp_path)


@pytest.fixture
def repository(code: Code) -> Code:
    """A repository with one file, which is committed."""
    code.git("init", "--quiet", "--initial-branch=main")
    code.write("old.py", BARE)
    code.git("add", "--all")
    code.git("commit", "--quiet", "--message=old")
    return code


type Notebook = Callable[..., str]


@pytest.fixture
def notebook() -> Notebook:
    """Makes a notebook of cells with code, after one of text."""

    def made(*cells: str) -> str:
        text = {"cell_type": "markdown", "id": "a0", "metadata": {}, "source": ["# Title\n"]}
        others: list[dict[str, object]] = [
            {
                "cell_type": "code",
                "execution_count": None,
                "id": f"a{number}",
                "metadata": {},
                "outputs": [],
                "source": cell.splitlines(keepends=True),
            }
            for number, cell in enumerate(cells, 1)
        ]
        whole = {"cells": [text, *others], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
        return json.dumps(whole, indent=1) + "\n"

    return made
