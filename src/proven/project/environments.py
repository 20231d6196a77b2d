"""The native environments that a site declares: `environments/<name>/`, each with a Python of its own."""

import os
import re
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from proven.model import NATIVE, Unavailable
from proven.project import installed

FOLDER = "environments"
"""Where they are declared, from a project's folder; and where they are installed, from its cache."""

STAMPS = "installed"
"""The folder of the cache where each that is installed has its stamp."""

_NAME = re.compile(r"[a-z][a-z0-9-]*")
_VERSION = re.compile(r"3\.\d+")
_REMEDIES = {
    ".python-version": "Write it: uv python pin --project {folder} 3.13",
    "uv.lock": "Write it: uv lock --project {folder}",
}


@dataclass(frozen=True, slots=True)
class Environment:
    """Packages that blocks need and the site itself does not."""

    name: str
    """What front matter and blocks call it."""
    source: Path
    """The folder that declares it."""
    home: Path
    """Where it is installed, or will be."""
    stamp: Path
    """The file that says what was installed, once that is whole."""
    python: str
    """The version of its Python: `3.13`."""
    imports: tuple[str, ...]
    """Modules that are imported once, before any block: each block gets a fork of that process."""
    digest: str
    """Of all that says what is in it."""

    @property
    def executable(self) -> Path:
        """Its Python."""
        return self.home / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    @property
    def installed(self) -> bool:
        """Whether it is installed as it is declared now."""
        return self.stamp.is_file() and self.stamp.read_text("utf-8") == self.digest

    @property
    def agrees(self) -> bool:
        """Whether the lock file was made from the requirements as they are now."""
        told = tomllib.loads((self.source / "pyproject.toml").read_text("utf-8"))["project"]
        lines = [Requirement(line) for line in told.get("dependencies", ())]
        asked = {(canonicalize_name(line.name), str(line.specifier)) for line in lines}
        packages = _locked(self.source / "uv.lock")["package"]
        own = [package for package in packages if package["source"].get("virtual") == "."]
        locked = [line for package in own for line in package["metadata"].get("requires-dist", ())]
        return asked == {(line["name"], line.get("specifier", "")) for line in locked}

    @property
    def packages(self) -> dict[str, str]:
        """The versions of the packages that it asks for by name."""
        locked = {package["name"]: package for package in _locked(self.source / "uv.lock")["package"]}
        own: dict[str, Any] = next(
            (package for package in locked.values() if package["source"].get("virtual") == "."), {}
        )
        return {
            dependency["name"]: str(locked[dependency["name"]].get("version", ""))
            for dependency in own.get("dependencies", ())
        }


def declared(root: Path, cache: Path) -> dict[str, Environment]:
    """The environments of a project, by name.

    Raises:
        Unavailable: One is not whole, or cannot have its name.
    """
    folders = sorted(file.parent for file in (root / FOLDER).glob("*/pyproject.toml"))
    return {folder.name: _declared(root, folder, cache) for folder in folders}


def _declared(root: Path, folder: Path, cache: Path) -> Environment:
    shown = folder.relative_to(root).as_posix()
    if not _NAME.fullmatch(folder.name) or folder.name == NATIVE:
        remedy = f"Rename the folder: lower-case letters, digits and hyphens, and not {NATIVE!r}."
        raise Unavailable(f"{shown}: no environment can have this name\n    {remedy}")
    contents = {"pyproject.toml": (folder / "pyproject.toml").read_bytes()}
    for name, remedy in _REMEDIES.items():
        if not (folder / name).is_file():
            raise Unavailable(f"{shown}: there is no {name}\n    {remedy.format(folder=shown)}")
        contents[name] = (folder / name).read_bytes()
    version = contents[".python-version"].decode("utf-8", "replace").strip()
    if not _VERSION.fullmatch(version):
        remedy = "Name a version as in 3.13: which of its releases is there is for each machine to say."
        raise Unavailable(f"{shown}/.python-version: not {version!r}\n    {remedy}")
    try:
        code = list(_local(folder))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError) as error:
        remedy = _REMEDIES["uv.lock"].format(folder=shown)
        raise Unavailable(f"{shown}/uv.lock cannot be read: {error}\n    {remedy}") from None
    try:
        imports = _imports(folder / "pyproject.toml")
    except (tomllib.TOMLDecodeError, AttributeError, TypeError) as error:
        remedy = 'Name modules: imports = ["package", "package.module"]'
        raise Unavailable(f"{shown}/pyproject.toml: [tool.proven] {error}\n    {remedy}") from None
    return Environment(
        name=folder.name,
        source=folder,
        home=cache / FOLDER / folder.name,
        stamp=cache / STAMPS / folder.name,
        python=version,
        imports=imports,
        digest=installed.digest_of((*contents.values(), *code)),
    )


@cache
def _parsed(file: Path, changed: int) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _locked(file: Path) -> dict[str, Any]:
    """A lock file, read once for as long as it does not change."""
    return _parsed(file, file.stat().st_mtime_ns)


def _imports(file: Path) -> tuple[str, ...]:
    """What `[tool.proven]` says."""
    told: dict[str, Any] = tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("proven", {})
    imports = told.pop("imports", [])
    if told:
        raise TypeError(f"has no {min(told)!r}")
    if not isinstance(imports, list) or not all(isinstance(name, str) for name in imports):
        raise TypeError(f"cannot import {imports!r}")
    return tuple(imports)


def _local(folder: Path) -> Iterator[bytes]:
    """The code of the packages that are installed from a folder: the one that the site is about, perhaps."""
    for package in _locked(folder / "uv.lock")["package"]:
        source = package["source"]
        if place := source.get("editable") or source.get("directory"):
            yield from installed.code(Path(os.path.normpath(folder / place)))
