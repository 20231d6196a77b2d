"""Fetch wheels by their pinned hashes, and lay them out for the runners: in Node, and in browsers."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from zipfile import ZipFile

from filelock import FileLock

from proven.model import Interpreter, Unavailable
from proven.project import Project
from proven.project.packages import UNREAD, Packages, Wheel, distribution
from proven.toolchain.product import product

_INDEX = "Wheels come from PyPI, or the index that pip is set to use (`pip config list`): check the network."


def theme(project: Project) -> Path:
    """What a site whose blocks import packages has beside `project.theme`."""
    return project.cache / "packages"


def folder(project: Project) -> Path:
    """Where the wheels are, and for each interpreter an index of them: `3.14.json`."""
    return theme(project) / _place(project)


def _place(project: Project) -> str:
    return f"assets/packages/{project.packages.place}"


def announce(project: Project) -> None:
    """Let the pages of a site without packages say that there are none.

    Raises:
        Unavailable: The disk does not take it.
    """

    def build(staging: Path) -> Path:
        (staging / _place(project)).mkdir(parents=True)
        _write_indexes(project, Packages({}, {}, ""), staging / _place(project))
        return staging / "assets" / "packages"

    stamp = f"{project.packages.place} {_names(project)}"
    product(project.cache, project.assets / "packages", stamp, "Listing packages", build)


def provide(project: Project) -> bool:
    """Bring up to date what blocks can import; whether anything had to be done.

    Raises:
        Unavailable: A wheel cannot be had. What was there before is still there.
    """

    def build(staging: Path) -> Path:
        target = staging / "out" / _place(project)
        target.mkdir(parents=True)
        if project.packages.fetched:
            for wheel in distribution(project.cache).glob("*.whl"):
                shutil.copy(wheel, target)
        for interpreter in project.pyodides():
            fetch(project.packages.wheels(interpreter.name).values(), interpreter, target)
        for file in target.glob("*.whl"):
            _leave_out_unread(file)
        _write_indexes(project, project.packages, target)
        return staging / "out"

    with FileLock(project.cache / "packages.lock"):
        stamp = f"{project.packages.place} {_names(project)}"
        return product(project.cache, theme(project), stamp, "Fetching packages from PyPI", build)


def _leave_out_unread(file: Path) -> None:
    """Write a wheel anew without what its users do not open; most are left as they are."""
    with ZipFile(file) as wheel:
        kept = [entry for entry in wheel.infolist() if not entry.filename.endswith(UNREAD)]
        if len(kept) == len(wheel.infolist()):
            return
        smaller = file.with_suffix(".smaller")
        with ZipFile(smaller, "w") as made:
            for entry in kept:
                made.writestr(entry, wheel.read(entry), compresslevel=9)
    smaller.replace(file)


def _names(project: Project) -> str:
    return " ".join(interpreter.name for interpreter in project.pyodides())


def _write_indexes(project: Project, packages: Packages, target: Path) -> None:
    for interpreter in project.pyodides():
        index = packages.index(interpreter.name, target)
        (target / f"{interpreter.name}.json").write_text(json.dumps(index), "utf-8")


def fetch(wheels: Iterable[Wheel], interpreter: Interpreter, target: Path) -> None:
    """Download the wheels that a folder does not have yet.

    Args:
        wheels: Which; each is held against its digest.
        interpreter: What they are for.
        target: The folder.

    Raises:
        Unavailable: One cannot be had, or is not what was locked.
    """
    missing = [wheel for wheel in wheels if not (target / wheel.file).exists()]
    lines = [f"{wheel.name}=={wheel.version} --hash=sha256:{wheel.sha256}" for wheel in missing]
    if lines:
        download(lines, interpreter.version, platform(interpreter), target, "--require-hashes")


def platform(interpreter: Interpreter) -> str:
    """What wheels with C code for a Pyodide call their platform."""
    file = Path(str(interpreter.folder)) / "pyodide-lock.json"
    info = json.loads(file.read_text("utf-8"))["info"]
    return f"pyemscripten_{info['abi_version']}" if "abi_version" in info else str(info["platform"])


def download(
    lines: Iterable[str], version: str, platform: str, target: Path, *options: str, hint: str = _INDEX
) -> None:
    """Let pip download wheels for an interpreter in WebAssembly.

    Args:
        lines: What: lines of a requirements file.
        version: The interpreter's version.
        platform: What its wheels call it.
        target: The folder for them.
        options: What else pip is told.
        hint: Where they come from, and what to look at if they cannot be had.

    Raises:
        Unavailable: One cannot be had.
    """
    short = version.rpartition(".")[0]
    abi = f"cp{short.replace('.', '')}"
    tags = ("--python-version", short, "--implementation", "cp", "--abi", abi, "--abi", "abi3")
    command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download"]
    quietly = ("--quiet", "--no-deps", "--only-binary=:all:", "--platform", f"{platform}_wasm32")
    requirements = target / "requirements.txt"
    requirements.write_text("\n".join(lines), "utf-8")
    files = ("--dest", str(target), "--requirement", str(requirements))
    try:
        subprocess.run(
            [*command, *quietly, *tags, *options, *files],
            env=_environment(os.environ),
            check=True,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.CalledProcessError as error:
        said = [line for line in error.stderr.splitlines() if line.strip() and "WARNING" not in line]
        text = "\n".join(f"    {line[:300]}" for line in said[:8])
        raise Unavailable(f"packages cannot be had\n{text}\n    {hint}\n    Nothing was changed.") from None
    requirements.unlink()


def _environment(variables: Mapping[str, str]) -> dict[str, str]:
    """The environment for pip, with uv's index where pip is not told of one."""
    index = variables.get("UV_DEFAULT_INDEX") or variables.get("UV_INDEX_URL")
    return {**({"PIP_INDEX_URL": index} if index else {}), **variables}
