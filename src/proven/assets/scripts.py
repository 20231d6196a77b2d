"""Compile the browser's TypeScript: `build(project, staging, names)`."""

import json
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from proven.assets import checkers
from proven.assets.grammar import grammar
from proven.assets.runtime import SCRIPT, runtime_name, served_name, start_size
from proven.project import BROWSER, PACKAGE, RUNNER, Project, digest
from proven.project.package import LOCK
from proven.toolchain.node import node
from proven.toolchain.product import product, run
from proven.toolchain.snapshots import WITHOUT_SNAPSHOT

_SCRIPTS = {
    "main": "main",
    "rules": "rules",
    "service-worker": "service-worker",
    "missing": "missing",
    "home": "home",
}
"""Scripts of pages and the service worker: the bundle's name, and its entry in runner/browser/."""

_MODULES = {
    "editor": "editor/view",
    "measured": "measured/view",
    "scan": "own-code/view",
    "scan-worker": "patterns/worker",
    "search": "search/worker",
    "terminal": "terminal/terminal",
    "worker": "python/worker",
    "mypy-worker": "tools/mypy-worker",
    "ruff-worker": "tools/ruff-worker",
}
"""Likewise of what pages import, and workers run, when it is first wanted."""

_OF_NODE = ("--external:fs/promises", "--external:module")
"""What web-tree-sitter imports under Node, and in no browser."""

MODULES = frozenset(f"assets/runner/{name}.js" for name in _MODULES)
"""Where the modules are in a built site."""


def build(project: Project, staging: Path, names: Mapping[str, object]) -> Path:
    """The folder with the bundles.

    Args:
        project: The site, whose npm packages are installed.
        staging: A folder to work in.
        names: What the page has to know of the folders with what workers load, by the name of a constant.

    Raises:
        subprocess.CalledProcessError: esbuild refuses something.
    """
    rules = staging / "grammar.json"
    rules.write_text(json.dumps(grammar()), "utf-8")
    for form, entries in {"iife": _SCRIPTS, "esm": _MODULES}.items():
        for name, entry in entries.items():
            made = staging / "out" / f"{name}.js"
            _bundle(project, entry, made, form, f"--alias:grammar={rules}", *_OF_NODE, *_defined(names))
    return staging / "out"


def build_carrier(project: Project, staging: Path) -> Path:
    """The script that a page loads first where scripts carry files.

    Raises:
        subprocess.CalledProcessError: esbuild refuses something.
    """
    worker = _bundle(project, "disk/carrier-worker", staging / "carrier-worker.js", "iife").read_text("utf-8")
    defined = _defined({"CARRIER_WORKER": worker})
    return _bundle(project, "carrier-page", staging / "carrier-page.js", "iife", *defined)


def _defined(names: Mapping[str, object]) -> list[str]:
    return [f"--define:{name}={json.dumps(value)}" for name, value in names.items()]


def _bundle(project: Project, entry: str, made: Path, form: str, *options: str) -> Path:
    """Compile one entry."""
    command = node(
        project.modules / "esbuild" / "bin" / "esbuild",
        *("--bundle", "--minify", "--target=es2022", "--loader:.py=text", f"--format={form}", *options),
        f"--outfile={made}",
        f"{RUNNER.name}/browser/{entry}.ts",
    )
    run(command, RUNNER.parent, {**os.environ, "NODE_PATH": str(project.modules)})
    return made


def compile_scripts(project: Project) -> None:
    """Compile the browser's TypeScript."""
    names = {
        "RUNTIME": {
            "folder": runtime_name(project),
            "withoutSnapshot": WITHOUT_SNAPSHOT,
            "scripts": {
                interpreter.name: served_name(file)
                for interpreter in project.pyodides()
                for file in Path(str(interpreter.folder)).glob(SCRIPT)
            },
        },
        "SIZES": {interpreter.name: start_size(project, interpreter) for interpreter in project.pyodides()},
        "PACKAGES": project.packages.place,
        "CHECKERS": checkers.named(project) if project.wants(BROWSER) else None,
    }
    sources = [
        *sorted({*RUNNER.rglob("*.ts"), *RUNNER.rglob("*.py")}),
        PACKAGE / "assets" / "scripts.py",
        PACKAGE / "assets" / "grammar.py",
    ]
    stamp = digest([LOCK, *sources]) + version("pygments") + json.dumps(names)

    def compiled(staging: Path) -> Path:

        return build(project, staging, names)

    product(project.cache, project.assets / "runner", stamp, "Compiling the browser's runner", compiled)
