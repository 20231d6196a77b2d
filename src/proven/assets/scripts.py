"""Compile the browser's TypeScript: `build(project, staging, names)`."""

import json
import os
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path

from proven.assets import checkers
from proven.assets.grammar import grammar
from proven.assets.runtime import SCRIPT, runtime_name, served_name
from proven.project import BROWSER, PACKAGE, RUNNER, Project, digest
from proven.project.package import LOCK
from proven.toolchain.node import node
from proven.toolchain.product import product, run
from proven.toolchain.snapshots import WITHOUT_SNAPSHOT

_BUNDLES = {
    "main": "iife",
    "rules": "iife",
    "worker": "esm",
    "ruff-worker": "esm",
    "mypy-worker": "esm",
    "editor/editor": "esm",
    "service-worker": "iife",
    "missing": "iife",
}
"""Each entry of the browser's, and its form; what is not in main.js is loaded when it is wanted."""


MODULES = frozenset(f"assets/runner/{Path(name).name}.js" for name, form in _BUNDLES.items() if form == "esm")
"""Where those are in a built site that are imported or run by workers; the others are scripts of pages."""


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
    for name, form in _BUNDLES.items():
        _bundle(project, staging / "out", name, form, f"--alias:grammar={rules}", *_defined(names))
    return staging / "out"


def build_carrier(project: Project, staging: Path) -> Path:
    """The script that a page loads first where scripts carry files.

    Raises:
        subprocess.CalledProcessError: esbuild refuses something.
    """
    worker = _bundle(project, staging, "carrier-worker", "iife").read_text("utf-8")
    return _bundle(project, staging, "carrier-page", "iife", *_defined({"CARRIER_WORKER": worker}))


def _defined(names: Mapping[str, object]) -> list[str]:
    return [f"--define:{one}={json.dumps(value)}" for one, value in names.items()]


def _bundle(project: Project, folder: Path, name: str, form: str, *options: str) -> Path:
    """Compile one entry."""
    made = folder / f"{Path(name).name}.js"
    command = node(
        project.modules / "esbuild" / "bin" / "esbuild",
        *("--bundle", "--minify", "--target=es2022", f"--format={form}", *options),
        f"--outfile={made}",
        f"{RUNNER.name}/browser/{name}.ts",
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
                one.name: served_name(file)
                for one in project.pyodides()
                for file in Path(str(one.folder)).glob(SCRIPT)
            },
        },
        "PACKAGES": project.packages.digest,
        "CHECKERS": checkers.named(project) if project.wants(BROWSER) else None,
    }
    sources = [
        *sorted(RUNNER.rglob("*.ts")),
        PACKAGE / "assets" / "scripts.py",
        PACKAGE / "assets" / "grammar.py",
    ]
    stamp = digest([LOCK, *sources]) + version("pygments") + json.dumps(names)

    def compiled(staging: Path) -> Path:

        return build(project, staging, names)

    product(project.cache, project.assets / "runner", stamp, "Compiling the browser's runner", compiled)
