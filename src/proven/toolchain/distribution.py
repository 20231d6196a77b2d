"""Fetch what pages import of Pyodide's distribution, which has what PyPI has no wheels of for WebAssembly.

`provide(project)` fetches it, once, from the distribution's own server or a mirror.
"""

import os
import re
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from filelock import FileLock

from proven.model import Interpreter, Unavailable
from proven.project import Project, packages
from proven.project.packages import DISTRIBUTION, Packages
from proven.toolchain import wheels
from proven.toolchain.product import product

SERVER = "https://cdn.jsdelivr.net/pyodide/v{version}/full"
"""Where Pyodide's loader looks too: see "Downloading and deploying Pyodide" in its documentation."""

MIRROR = "PROVEN_DISTRIBUTION"
"""The variable that names another place."""

_PATIENTLY = ("--timeout", "5", "--retries", "1")
_failed: dict[tuple[Path, str, str], str] = {}
"""What could not be had, by project, lock and place, and why: a server does not try again for each change."""


def provide(project: Project) -> None:
    """Fetch the distribution's wheels, if pages import any and they are not here.

    Raises:
        Unavailable: They cannot be had, and the site demands them.
    """
    listed = project.listed
    if not listed.groups.get(DISTRIBUTION) or project.settings.interpreters == ("native",):
        return
    with FileLock(project.cache / "distribution.lock"):
        key = (project.cache, listed.distribution, place(project))
        if listed.is_here(project.cache) or not _imported(project, listed):
            return
        if key not in _failed:
            try:
                _fetch(project, listed)
                return
            except Unavailable as problem:
                _failed[key] = str(problem)
    if project.settings.distribution == "required":
        raise Unavailable(_failed[key])


def unreached(project: Project) -> str:
    """What could not be had in this process, and why; empty where nothing was missed."""
    listed = project.listed
    problem = _failed.get((project.cache, listed.distribution, place(project)))
    if not problem:
        return ""
    names = ", ".join(sorted(_imported(project, listed)))
    told = f"{names}: not fetched from {place(project)}; blocks that import them have no Run button"
    return "\n".join([told, *problem.splitlines()[:4]])


def place(project: Project) -> str:
    """Where wheels come from: an address, or a folder; `{version}` in it stands for Pyodide's."""
    return os.environ.get(MIRROR) or project.settings.mirror or SERVER


def _imported(project: Project, listed: Packages) -> set[str]:
    """Those of the distribution's modules that pages seem to import: code is looked at more closely later."""
    locked = [*listed.groups.get(DISTRIBUTION, {}).values()]
    names = {name for wheels in locked for wheel in wheels.values() for name in wheel.imports}
    pattern = re.compile(r"^\s*(?:import|from) (\w+)", re.MULTILINE)
    texts = (file.read_text("utf-8", errors="replace") for file in project.pages())
    return {name for text in texts for name in pattern.findall(text)} & names


def _fetch(project: Project, listed: Packages) -> None:
    """Fetch all of it, or nothing.

    Raises:
        Unavailable: It cannot be had.
    """

    def build(staging: Path) -> Path:
        target = staging / "out"
        target.mkdir()
        for interpreter in project.pyodides():
            locked = listed.wheels(interpreter.name, DISTRIBUTION).values()
            base = _address(project, interpreter)
            lines = [f"{wheel.name} @ {base}/{wheel.file} --hash=sha256:{wheel.sha256}" for wheel in locked]
            platform = wheels.platform(interpreter)
            older = platform.replace("pyemscripten", "pyodide")  # the name before PEP 783
            options = ("--require-hashes", "--platform", f"{older}_wasm32", *_PATIENTLY)
            hint = f"They come from {place(project)}: check the network, or name a mirror, `{MIRROR}=...`."
            if lines:
                wheels.download(lines, interpreter.version, platform, target, *options, hint=hint)
        check(target.glob("*.whl"))
        return target

    title = "Fetching packages from Pyodide's distribution"
    product(project.cache, packages.distribution(project.cache), listed.distribution, title, build)


def _address(project: Project, interpreter: Interpreter) -> str:
    """Where an interpreter's wheels are."""
    base = place(project).replace("{version}", interpreter.build.rpartition(" ")[2])
    return (base if "://" in base else Path(project.root, base).resolve().as_uri()).rstrip("/")


def check(files: Iterable[Path]) -> None:
    """Refuse wheels whose modules need shared libraries, which no page would find.

    Raises:
        Unavailable: One does.
    """
    from auditwheel_emscripten import show  # seldom needed

    for file in sorted(files):
        if not file.name.endswith("wasm32.whl"):
            continue
        with tempfile.TemporaryDirectory(prefix="proven-") as folder:
            with zipfile.ZipFile(file) as packed:
                packed.extractall(folder)
            modules = show(folder)  # given the wheel itself, it looks for the command `wheel`
        for module, (needed, _) in modules.items():
            if needed:
                raise Unavailable(
                    f"{file.name}: {module} needs {', '.join(needed)}, which is not found in a browser\n"
                    "    Take the package out of packages.toml."
                )
