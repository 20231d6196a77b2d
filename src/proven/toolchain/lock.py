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
from packaging.utils import canonicalize_name
from pyodide_lock import InfoSpec, PyodideLockSpec
from pyodide_lock.utils import add_wheels_to_spec

from proven.model import Interpreter, Unavailable
from proven.project import Project, step, write
from proven.project.packages import DISTRIBUTION, LIST, LOCK, TOOLS, read_list
from proven.toolchain import distribution, wheels

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
                if group == DISTRIBUTION:
                    groups.setdefault(group, {})[interpreter.name] = _distributed(asked, interpreter)
                    continue
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
        distribution.check(folder.glob("*.whl"))
        lock = add_wheels_to_spec(PyodideLockSpec(info, {}), sorted(folder.glob("*.whl")))
        for package in lock.packages.values():
            package.tool["proven"] = {"size": (folder / package.file_name).stat().st_size}
        return lock.to_dict()


def _distributed(asked: list[str], interpreter: Interpreter) -> dict[str, Any]:
    """What Pyodide's own lock file, which npm has, says of packages and all that they depend on.

    Raises:
        Unavailable: It has one not, or not in that version, or not as a wheel.
    """
    distributed = json.loads((Path(str(interpreter.folder)) / "pyodide-lock.json").read_text("utf-8"))
    locked: dict[str, Any] = {}
    for line in asked:
        wanted = Requirement(line)
        package = distributed["packages"].get(canonicalize_name(wanted.name))
        if package is None or not wanted.specifier.contains(package["version"], prereleases=True):
            has = f"has {package['version']}" if package else "does not have it"
            raise Unavailable(f"{line}: the distribution of {interpreter.build} {has}\n    Mend {LIST}.")
    left = [canonicalize_name(Requirement(line).name) for line in asked]
    while left:
        name = left.pop()
        package = distributed["packages"][name]
        if not package["file_name"].endswith(".whl"):
            remedy = "A page loads wheels only; leave out for this version what needs it."
            raise Unavailable(f"{', '.join(asked)}: needs {name}, a shared library\n    {remedy}")
        if name not in locked:
            locked[name] = package
            left += [canonicalize_name(dependency) for dependency in package["depends"]]
    depends = {name: [canonicalize_name(other) for other in locked[name]["depends"]] for name in locked}
    packages = {name: {**package, "depends": depends[name]} for name, package in locked.items()}
    return {"info": distributed["info"], "packages": packages}


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
