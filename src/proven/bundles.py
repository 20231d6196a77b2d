"""Compile the browser's TypeScript: `build(project, staging, names)`."""

import json
import os
from collections.abc import Mapping
from pathlib import Path

from proven.grammar import grammar
from proven.products import run
from proven.project import RUNNER, Project
from proven.toolchain import node

_BUNDLES = {
    "main": "iife",
    "worker": "esm",
    "ruff-worker": "esm",
    "mypy-worker": "esm",
    "editor/editor": "esm",
    "service-worker": "iife",
    "missing": "iife",
}
"""Each entry of the browser's, and its form; what is not in main.js is loaded when it is wanted."""


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
        command = node(
            project.modules / "esbuild" / "bin" / "esbuild",
            *("--bundle", "--minify", "--target=es2022", f"--format={form}"),
            *(f"--define:{one}={json.dumps(value)}" for one, value in names.items()),
            f"--alias:grammar={rules}",
            f"--outfile={staging / 'out' / Path(name).name}.js",
            f"{RUNNER.name}/browser/{name}.ts",
        )
        run(command, RUNNER.parent, {**os.environ, "NODE_PATH": str(project.modules)})
    return staging / "out"
