"""What checks types and lints in the browser, with the settings of the build: `ensure(project)`."""

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
    """Bring up to date what the browser takes to check types and lint.

    Raises:
        Unavailable: Something cannot be had. What was there before is still there.
    """

    def build(staging: Path) -> Path:
        new = staging / "out" / "new"
        _mypy(staging, new / "mypy", browser)
        _ruff(project.modules / _RUFF, new / "ruff")
        # Caches do not mix what two builds made, not even from the same sources.
        return new.rename(staging / "out" / digest(sorted(new.glob("*/*")))).parent

    browser = next(interpreter for interpreter in project.pyodides() if interpreter.name == BROWSER)
    title = "Collecting mypy and Ruff for the browser"
    product(project.cache, project.assets / "checkers", _stamp(), title, build)


def _stamp() -> str:
    """All that it is made from."""
    files = [LOCK, PACKAGE / packages.LOCK, _SERVER, Path(__file__), Path(wheels.__file__)]
    options = [settings.SELECTION, settings.RUFF_SETTINGS, settings.MYPY_OPTIONS, BROWSER]
    return f"{digest(files)} {[version(tool) for tool in ('ruff', 'mypy')]} {json.dumps(options)}"


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
    # Not every server compresses, and not every one leaves a .gz alone.
    packed = gzip.compress((package / "ruff_wasm_bg.wasm").read_bytes(), mtime=0)
    (folder / "ruff.bin").write_bytes(packed)
    how = {
        "version": json.loads((package / "package.json").read_text("utf-8"))["version"],
        "built": version("ruff"),
        "files": {"ruff.bin": len(packed)},
        "selection": settings.SELECTION,
        "settings": settings.RUFF_SETTINGS,
    }
    (folder / "settings.json").write_text(json.dumps(how), "utf-8")


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
