"""Packages with plugins, installed for one test."""

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest


class Install(Protocol):
    """Installs a package with one module, in a folder of its own."""

    def __call__(
        self, module: str, source: str, *, entry_points: str, package: str | None = None
    ) -> None:
        """Put the package first on the path; it is called like the module."""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return what installs a package."""

    def install(
        module: str, source: str, *, entry_points: str, package: str | None = None
    ) -> None:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        info = folder / f"{package or module}-1.0.dist-info"
        info.mkdir(parents=True)
        (folder / f"{module}.py").write_text(source)
        info.joinpath("METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {package or module}\nVersion: 1.0\n"
        )
        info.joinpath("entry_points.txt").write_text(
            f"[converter.formats]\n{entry_points}\n"
        )
        monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
        importlib.invalidate_caches()

    yield install
    for module in [name for name in sys.modules if name.startswith("converter_")]:
        del sys.modules[module]
