"""Find the wheels that a list of packages comes to, and lock them: `update(project, folder)`."""

import json
import subprocess
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import uv
from packaging.requirements import Requirement
from pyodide_lock import InfoSpec, PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

from proven.model import Interpreter
from proven.project import Project, step, write
from proven.project.packages import LOCK, TOOLS, read_list
from proven.toolchain import wheels

_PLATFORM = "wasm32-pyodide2025"
"""What uv calls WebAssembly; it decides about markers only, for pip chooses the wheels."""


def update(project: Project, folder: Path) -> None:
    """Write the lock file of a list of packages.

    Args:
        project: Which interpreters there are.
        folder: Where the list is.

    Raises:
        Disagreement: The list cannot be read.
        Unavailable: A package has no wheel for an interpreter, or the index cannot be reached.
    """
    wanted = read_list(folder)
    groups: dict[str, dict[str, Any]] = {}
    for group, lines in wanted.items():
        for interpreter in project.pyodides():
            if asked := list(_asked(lines, interpreter)):
                if group == TOOLS:
                    asked += _installed(asked)
                with step(f"Locking {group} for CPython {interpreter.version}"):
                    groups.setdefault(group, {})[interpreter.name] = _lock(asked, interpreter)
    content = {"wanted": wanted, "groups": groups}
    write(folder / LOCK, json.dumps(content, indent=1, sort_keys=True) + "\n")


def _asked(lines: tuple[str, ...], interpreter: Interpreter) -> Iterator[str]:
    """The requirements that are for an interpreter."""
    short = interpreter.version.rpartition(".")[0]
    environment = {"python_version": short, "python_full_version": interpreter.version}
    for line in lines:
        marker = Requirement(line).marker
        if marker is None or marker.evaluate({**environment, "sys_platform": "emscripten"}):
            yield line


def _installed(lines: list[str]) -> Iterator[str]:
    """The tools of the page in the versions that the build has, so that both say the same."""
    for name in {Requirement(line).name for line in lines}:
        yield f"{name}=={version(name)}"


def _lock(asked: list[str], interpreter: Interpreter) -> dict[str, Any]:
    """A lock for an interpreter, in pyodide-lock's form."""
    info = InfoSpec(platform=wheels.platform(interpreter), python=interpreter.version)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        pinned = _resolve(asked, interpreter, folder)
        wheels.download(pinned, interpreter.version, info.platform, folder)
        lock = add_wheels_to_spec(PyodideLockSpec(info, {}), sorted(folder.glob("*.whl")))
        for package in lock.packages.values():
            package.tool["proven"] = {"size": (folder / package.file_name).stat().st_size}
        return lock.to_dict()


def _resolve(asked: list[str], interpreter: Interpreter, folder: Path) -> list[str]:
    """Requirements and all that they depend on, each with its version."""
    target = ("--python-version", interpreter.release, "--python-platform", _PLATFORM)
    plain = ("--quiet", "--no-annotate", "--no-header")
    done = subprocess.run(
        [uv.find_uv_bin(), "pip", "compile", *plain, *target, "-"],
        cwd=folder,
        input="\n".join(asked),
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.splitlines()
