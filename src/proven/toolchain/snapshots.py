"""Memory snapshots of the interpreters, from which each run starts."""

import gzip
import json
from pathlib import Path
from subprocess import CalledProcessError

from filelock import FileLock

from proven.model import Interpreter
from proven.project import RUNNER, Project, digest
from proven.project.package import LOCK
from proven.toolchain.node import node
from proven.toolchain.product import product, run

WITHOUT_SNAPSHOT = "3.11"
"""Pyodide 0.25 makes none."""


def unpacked(project: Project, interpreter: Interpreter) -> Path | None:
    """The memory snapshot of an interpreter, uncompressed; None where its Pyodide cannot make one."""
    packed = snapshot(project, interpreter)
    return packed and packed.with_suffix(".raw")


def snapshot(project: Project, interpreter: Interpreter) -> Path | None:
    """The memory snapshot of an interpreter, as browsers get it; None where its Pyodide cannot make one."""
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
        try:
            run(command, project.root)
        except CalledProcessError:  # 3.15.0rc1 runs out of bounds now and then, and not again
            run(command, project.root)
        made = staging / "out" / "snapshot.bin"
        made.with_suffix(".raw").write_bytes(gzip.decompress(made.read_bytes()))
        return staging / "out"

    title = f"Making the memory snapshot of CPython {interpreter.version}"
    with FileLock(project.cache / "snapshots.lock"):  # children start side by side
        product(project.cache, target, stamp, title, build)
    return target / "snapshot.bin"
