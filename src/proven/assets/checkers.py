"""What checks types, lints and looks for patterns in the browser: `ensure(project)`."""

import gzip
import json
import shutil
from importlib.metadata import version
from pathlib import Path

from proven.lint import settings
from proven.model import Interpreter
from proven.project import BROWSER, PACKAGE, Project, digest, packages
from proven.project.package import LOCK
from proven.project.packages import Wheels
from proven.toolchain import wheels
from proven.toolchain.product import product

_RUFF = Path("@astral-sh") / "ruff-wasm-web"
_PATTERNS = {
    "ast-grep.bin": Path("@ast-grep") / "wasm" / "wasm_bg.wasm",
    "tree-sitter.bin": Path("web-tree-sitter") / "web-tree-sitter.wasm",
    "python.bin": Path("tree-sitter-python") / "tree-sitter-python.wasm",
}
"""What ast-grep takes, and where it is among the npm packages."""

_SERVER = PACKAGE / "lint" / "mypy_server.py"

_MODULES = (
    "abc, argparse, asyncio, collections.abc, concurrent.futures, contextlib, contextvars, copy, csv, "
    "dataclasses, datetime, decimal, enum, fractions, functools, gc, hashlib, heapq, inspect, io, itertools, "
    "json, logging, math, operator, os, pathlib, pickle, queue, random, re, shutil, signal, socket, sqlite3, "
    "statistics, string, subprocess, sys, tempfile, textwrap, threading, time, traceback, types, typing, "
    "unittest.mock, urllib.request, uuid, warnings, weakref"
)
"""What mypy has read of the standard library before it gets to the browser, where that takes seconds."""


def locked() -> Wheels:
    """What mypy takes in the browser: the version in uv.lock, so that it says what the build says."""
    return packages.read(PACKAGE).wheels(BROWSER, packages.TOOLS)


def ensure(project: Project) -> None:
    """Bring up to date what the browser takes to check types, to lint and to look for patterns.

    Raises:
        Unavailable: Something cannot be had. What was there before is still there.
    """

    def build(staging: Path) -> Path:
        new = staging / "out" / "new"
        _mypy(staging, new / "mypy", browser)
        _ruff(project.modules / _RUFF, new / "ruff")
        _ast_grep(project.modules, new / "ast-grep")
        # Caches do not mix what two builds made, not even from the same sources.
        return new.rename(staging / "out" / digest(sorted(new.glob("*/*")))).parent

    browser = next(interpreter for interpreter in project.pyodides() if interpreter.name == BROWSER)
    title = "Collecting mypy, Ruff and ast-grep for the browser"
    product(project.cache, project.assets / "checkers", _stamp(), title, build)


def _stamp() -> str:
    """All that it is made from."""
    files = [LOCK, PACKAGE / packages.LOCK, _SERVER, Path(__file__), Path(wheels.__file__)]
    options = [settings.SELECTION, settings.RUFF_SETTINGS, settings.MYPY_OPTIONS, BROWSER]
    versions = [version(tool) for tool in ("ruff", "mypy", "ast-grep-cli")]
    return f"{digest(files)} {versions} {json.dumps(options)}"


def folder(project: Project) -> Path:
    """Where all of it is: a folder with a name of its own for each content."""
    return next(path for path in (project.assets / "checkers").iterdir() if path.is_dir())


def named(project: Project) -> dict[str, str]:
    """What the page has to know: the name of that folder, and the Python that mypy is for."""
    return {"folder": folder(project).name, "python": BROWSER}


def _ruff(package: Path, folder: Path) -> None:
    """Put Ruff into a folder, with how it is to be used."""

    folder.mkdir(parents=True)
    shutil.copy(package / "ruff_wasm.js", folder / "ruff.js")
    shutil.copy(package / "LICENSE", folder)
    how = {
        "version": _version(package),
        "built": version("ruff"),
        "files": {"ruff.bin": _pack(package / "ruff_wasm_bg.wasm", folder / "ruff.bin")},
        "selection": settings.SELECTION,
        "settings": settings.RUFF_SETTINGS,
    }
    (folder / "settings.json").write_text(json.dumps(how), "utf-8")


def _ast_grep(modules: Path, folder: Path) -> None:
    """Put ast-grep and the grammar of Python into a folder."""
    folder.mkdir(parents=True)
    packages = [modules / path.parent for path in _PATTERNS.values()]
    for package in packages:
        for licence in package.glob("LICENSE*"):
            shutil.copy(licence, folder / f"{package.name}.{licence.name}")
    how = {
        "version": _version(packages[0]),
        "built": version("ast-grep-cli"),
        "files": {name: _pack(modules / path, folder / name) for name, path in _PATTERNS.items()},
    }
    (folder / "settings.json").write_text(json.dumps(how), "utf-8")


def _version(package: Path) -> str:
    """The version of an npm package."""
    return str(json.loads((package / "package.json").read_text("utf-8"))["version"])


def _pack(module: Path, target: Path) -> int:
    """Compress a module; its size. Not every server compresses, and not every one leaves a .gz alone."""
    return target.write_bytes(gzip.compress(module.read_bytes(), mtime=0))


def _mypy(staging: Path, folder: Path, browser: Interpreter) -> None:
    """Put mypy's wheels and what it knows into a folder, with how they are to be used."""
    from proven.lint import mypy

    folder.mkdir(parents=True)
    wheels.fetch(locked().values(), browser, folder)
    (staging / "modules").mkdir()
    (staging / "modules" / "modules.py").write_text(f"import {_MODULES}\n", "utf-8")
    list(mypy.check(staging / "modules", staging / "known"))
    shutil.make_archive(str(folder / "known"), "zip", staging / "known")
    files = {file.name: file.stat().st_size for file in sorted(folder.iterdir())}
    how = {
        "version": locked()["mypy"].version,
        "built": version("mypy"),
        "files": files,
        "options": settings.MYPY_OPTIONS,
        "server": _SERVER.read_text("utf-8"),
    }
    (folder / "settings.json").write_text(json.dumps(how), "utf-8")
