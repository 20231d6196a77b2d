"""Where the packages of blocks come from, and what happens when they cannot be had.

- A block that imports packages runs where they all are; one that is nowhere fails with how to get it; list
  and lock file agree; a wheel has the digest that was locked (`package*`)
"""

import csv
import hashlib
import json
from base64 import urlsafe_b64encode
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

import pytest

from proven.project import BROWSER, PACKAGE, Project
from proven.project.package import OLDEST
from proven.project.packages import BLOCKS, LIST, LOCK, UPDATE, Wheel, closure
from proven.toolchain import wheels

from .workspace import Workspace, own

pytestmark = pytest.mark.slow

UNREACHABLE = {
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_EXTRA_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_FIND_LINKS": "/nowhere",
    "PIP_RETRIES": "0",
    "PIP_NO_CACHE_DIR": "1",
}
SMALLER = "django"
"""The package whose wheel is served without a part of it."""
IMPORTING = "```python\nimport more_itertools\n```\n"
HERE = ("--interpreter", BROWSER)


def served(tools: Project) -> dict[Path, Wheel]:
    """The wheels of the oldest interpreter and of the browser's, by their files."""
    locked = [wheel for name in (OLDEST, BROWSER) for wheel in tools.packages.wheels(name).values()]
    return {wheels.folder(tools) / wheel.file: wheel for wheel in locked}


def test_wheels_are_what_was_locked(tools: Project) -> None:
    """Every wheel that is served has the digest and the size that the lock file says, licence and all."""
    for file, wheel in served(tools).items():
        if wheel.name != SMALLER:
            content = file.read_bytes()
            assert hashlib.sha256(content).hexdigest() == wheel.sha256
            assert len(content) == wheel.size


def test_what_no_reader_needs_is_left_out(tools: Project) -> None:
    """Django's wheel lacks what its translators write, and all else is what its RECORD says."""
    ((file, wheel),) = [item for item in served(tools).items() if item[1].name == SMALLER]
    with ZipFile(file) as smaller:
        record = next(name for name in smaller.namelist() if name.endswith(".dist-info/RECORD"))
        recorded = {name: told for name, told, _ in csv.reader(smaller.read(record).decode().splitlines())}
        for name in set(smaller.namelist()) - {record}:
            digest = urlsafe_b64encode(hashlib.sha256(smaller.read(name)).digest()).decode().rstrip("=")
            assert recorded[name] == f"sha256={digest}"
        left_out = recorded.keys() - set(smaller.namelist())
    assert {PurePosixPath(name).suffix for name in left_out} == {".po"}
    assert file.stat().st_size < wheel.size * 0.7
    index = json.loads((wheels.folder(tools) / f"{BROWSER}.json").read_text("utf-8"))
    assert index["wheels"][SMALLER]["size"] == file.stat().st_size


def test_locks_are_whole(tools: Project) -> None:
    """Each interpreter's lock holds all that its packages depend on; blocks cannot import the tools."""
    assert {"django", "fastapi", "httpx", "more-itertools", "pydantic", "pytest", "starlette"} <= set(
        tools.packages.wheels(BROWSER)
    )
    for group in tools.packages.groups.values():
        for locked in group.values():
            assert len(list(closure(locked, locked))) == len(locked)
    assert "mypy" in tools.packages.wheels(BROWSER, "tools")
    assert "mypy" not in tools.packages.importable


def test_each_interpreter_has_its_lock(tools: Project) -> None:
    """There is a lock for each Pyodide that blocks run on, as it is now."""
    locks = json.loads((PACKAGE / LOCK).read_text("utf-8"))["groups"][BLOCKS]
    made_for = {name: (lock["info"]["python"], lock["info"]["platform"]) for name, lock in locks.items()}
    present = {pyodide.name: (pyodide.version, wheels.platform(pyodide)) for pyodide in tools.pyodides()}
    assert made_for == present, UPDATE


def test_index_cannot_be_reached(workspace: Workspace) -> None:
    """There is one clear message, and nothing is left half-made."""
    own(workspace, ".proven/packages")
    workspace.write("docs/x.md", IMPORTING)
    done = workspace.command("proven", "verify", "docs/x.md", *HERE, env=UNREACHABLE)
    assert done.returncode == 2
    assert "proven: packages cannot be had" in done.stderr
    assert "check the network" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (workspace.root / ".proven" / "packages").exists()
    assert not list((workspace.root / ".proven").glob("making-*"))


def test_sites_without_packages_fetch_none(workspace: Workspace) -> None:
    """A site whose blocks import only the standard library needs no index, and serves no wheel."""
    own(workspace, ".proven/packages")
    workspace.write("mkdocs.yml", "site_name: x\ntheme: mkdocs\nplugins: [proven]\n")
    workspace.write("docs/index.md", "# X\n\n```python\nimport json\n```\n")
    done = workspace.command("mkdocs", "build", "--strict", env=UNREACHABLE)
    assert done.returncode == 0, done.stderr
    assert not list((workspace.root / "site" / "assets" / "packages").rglob("*.whl"))


def changed_lock(workspace: Workspace, old: str, new: str) -> None:
    """Give a project a list and a lock of its own, which differ from the package's in one place."""
    workspace.write(LIST, (PACKAGE / LIST).read_bytes())
    text = (PACKAGE / LOCK).read_text("utf-8")
    assert old in text
    workspace.write(LOCK, text.replace(old, new))


def test_another_wheel_is_refused(workspace: Workspace, tools: Project) -> None:
    """A wheel whose digest is not the locked one is not used."""
    own(workspace, ".proven/packages")
    right = tools.packages.wheels(BROWSER)["more-itertools"].sha256
    changed_lock(workspace, right, "0" * 64)
    workspace.write("docs/x.md", IMPORTING)
    done = workspace.verify("docs/x.md", *HERE)
    assert done.returncode == 2
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (workspace.root / ".proven" / "packages").exists()


def test_packages_are_listed(workspace: Workspace) -> None:
    """The command says what there is, and its size, for each interpreter."""
    done = workspace.command("proven", "packages")
    assert done.returncode == 0
    assert any(line.startswith(f"blocks on {BROWSER}, ") for line in done.stdout.splitlines())


def test_locking_anew(workspace: Workspace) -> None:
    """`--update` locks a site's own list, and blocks can import what it says."""
    own(workspace, ".proven/packages")
    settings = "plugins:\n  - proven:\n      interpreters: ['3.14']\n"
    workspace.write("mkdocs.yml", f"site_name: x\ntheme: mkdocs\n{settings}")
    workspace.write(LIST, 'blocks = ["iniconfig"]\n')
    assert UPDATE in workspace.verify().stderr
    assert workspace.command("proven", "packages", "--update").returncode == 0
    block = "```python\nimport iniconfig\n\nprint(iniconfig.__name__)\n#> iniconfig\n```\n"
    workspace.write("docs/x.md", block)
    assert "1 runs, 0 failures" in workspace.verify("docs/x.md").stderr


SPOILED = """\
import more_itertools
from pathlib import Path

print(hasattr(more_itertools, "spoiled"), Path("left.txt").exists())
#> False False
more_itertools.spoiled = True
Path("left.txt").write_text("left")
"""
ABSENT = """\
import importlib.util
import sys

print(importlib.util.find_spec("more_itertools"), "more_itertools" in sys.modules)
#> None False
"""
COMPILED = "import pydantic\n\nprint(pydantic.TypeAdapter(int).validate_python('3'))\n#> 3\n"


@pytest.mark.parametrize("order", ["ssxsxccsx", "xsscsxxcs"])
def test_blocks_with_packages_leave_nothing(workspace: Workspace, order: str) -> None:
    """A process that has packages serves further blocks: what one does to them, the next does not find."""
    kinds = {"s": SPOILED, "x": ABSENT, "c": COMPILED}
    blocks = [f"```python\n{kinds[kind]}\nNUMBER = {number}\n```\n" for number, kind in enumerate(order)]
    workspace.write("docs/x.md", "# X\n\n" + "\n".join(blocks))
    done = workspace.verify("docs/x.md", *HERE)
    assert f"{len(order)} runs, 0 failures" in done.stderr, done.stderr
