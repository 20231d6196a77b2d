"""What the page checks with: the same tools as the build, whole or not at all.

- The versions in the page and in the build are the same; a wheel is the one that was locked, or there is
  none
"""

import json
from importlib.metadata import version
from pathlib import Path

import pytest

from proven.assets import checkers
from proven.model import Unavailable
from proven.project import Project


def test_the_tools_of_the_build(tools: Project) -> None:
    """Page and build have the same versions of mypy and Ruff."""
    for name in ("mypy", "ruff"):
        settings = json.loads((checkers.folder(tools) / name / "settings.json").read_text("utf-8"))
        assert settings["version"] == version(name), f"{name}: maintaining/chores.md says what goes together"


def test_licences_travel(tools: Project) -> None:
    """Ruff's licence lies beside it; those of wheels are in them."""
    assert "MIT License" in (checkers.folder(tools) / "ruff" / "LICENSE").read_text("utf-8")


def test_no_index(tools: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a package index there is one clear message, and what was there stays."""
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    project = Project(tmp_path / "project")
    project.cache.mkdir(parents=True)
    project.modules.symlink_to(tools.modules)
    (project.assets / "checkers" / "kept").mkdir(parents=True)
    with pytest.raises(Unavailable, match="the index that pip is set to use") as caught:
        checkers.ensure(project)
    assert "ast-serialize==" in str(caught.value)
    assert [file.name for file in (project.assets / "checkers").iterdir()] == ["kept"]
    assert not list(project.cache.glob("making-*"))
