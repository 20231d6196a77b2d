"""Run blocks in a Pyodide build."""

import json
import sys
from pathlib import Path

from proven.model import Interpreter, Source
from proven.project import Project
from proven.run.children import IMPORTING, Runner, greeted
from proven.run.process import Child
from proven.toolchain import node, snapshots, wheels, worker

_OPTIONS = ("--permission", "--disallow-code-generation-from-strings", "--no-warnings")
"""Of Node. No files but those named, no processes, threads or native code; and no JavaScript made of text."""


class Pyodide(Runner):
    """A Pyodide build in a Node process; the block gets its memory as it was at the start."""

    def __init__(self, project: Project, interpreter: Interpreter, timeout: float) -> None:
        super().__init__(timeout)
        self.project = project
        self.interpreter = interpreter

    def allowed(self, sources: tuple[Source, ...]) -> float:
        """More where packages are imported."""
        return self.timeout + (IMPORTING if self.interpreter.imports(sources) else 0.0)

    def start(self) -> Child:
        """Start Node and wait until it is ready.

        Raises:
            Unavailable: It does not become ready.
        """
        remedy = "If a file is missing or damaged, delete .proven: all will be installed anew."
        return greeted(Child(self.command), f"{self.interpreter} does not start under Node", remedy)

    def command(self, home: Path) -> list[str]:
        """The command line that starts Node, confined."""
        harness = home / "harness.json"
        harness.write_text(json.dumps(self.project.harness), "utf-8")
        made = snapshots.unpacked(self.project, self.interpreter)
        program = worker.worker(self.project).resolve()
        folder = Path(str(self.interpreter.folder)).resolve()
        index = home / "packages.json"
        packages = wheels.folder(self.project).resolve()
        index.write_text(json.dumps(self.project.packages.index(self.interpreter.name, packages)), "utf-8")
        files = [folder, harness, index, packages, *([made.resolve()] if made else [])]
        readable = [program, *(file for file in files if file.exists())]
        allowed = [f"--allow-fs-read={file}" for file in readable]
        command = node.node(*_OPTIONS, *allowed, program, *files)
        if sys.platform == "win32":
            return command
        job = {"command": command, "readable": [command[0], *map(str, readable)]}
        return [sys.executable, "-I", "-m", "proven.sandbox.launch", json.dumps(job)]
