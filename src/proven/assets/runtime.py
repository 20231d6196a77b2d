"""The Pyodide builds as the site serves them."""

import json
import shutil
from pathlib import Path

from proven.model import Interpreter
from proven.project import Project, digest
from proven.project.package import LOCK
from proven.toolchain.product import product
from proven.toolchain.snapshots import snapshot

SCRIPT = "pyodide.asm.*js"
_RUNTIME_FILES = ("pyodide.mjs", SCRIPT, "pyodide.asm.wasm", "python_stdlib.zip", "pyodide-lock.json")


def runtime_name(project: Project) -> str:
    """The name of the folder with what the browser loads, by version: new for each new content."""
    return f"{digest([LOCK])[:8]}{project.runner_code[:8]}"


def served_name(file: Path) -> str:
    """What a file is called on the site: many servers do not know that .mjs is JavaScript."""
    return file.with_suffix(".js").name if file.suffix == ".mjs" else file.name


def start_size(project: Project, interpreter: Interpreter) -> int:
    """Bytes of the big files that a browser fetches to start an interpreter."""
    made, source = snapshot(project, interpreter), Path(str(interpreter.folder))
    files = [source / "pyodide.asm.wasm", made or source / "python_stdlib.zip"]
    return sum(file.stat().st_size for file in files)


def collect_runtime(project: Project) -> None:
    """Collect what the browser loads of each Pyodide build, and its snapshot."""

    def build(staging: Path) -> Path:
        for interpreter in project.pyodides():
            folder = staging / "out" / runtime_name(project) / interpreter.name
            folder.mkdir(parents=True)
            (folder / "harness.json").write_text(json.dumps(project.harness), "utf-8")
            made, source = snapshot(project, interpreter), Path(str(interpreter.folder))
            files = [file for name in _RUNTIME_FILES for file in source.glob(name)]
            for file in [*files, *([made] if made else [])]:
                shutil.copy(file, folder / served_name(file))
        return staging / "out"

    names = (
        *(served_name(Path(name)) for name in _RUNTIME_FILES),
        *(pyodide.name for pyodide in project.pyodides()),
    )
    stamp = " ".join([runtime_name(project), *names])
    product(project.cache, project.assets / "runtime", stamp, "Collecting the browser's runtime", build)
