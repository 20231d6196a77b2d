"""The child processes that run blocks: `Native` and `Pyodide`.

Each is a server that takes one job after another and gives each an interpreter
as good as new. Blocks are untrusted: a child that takes too long, dies or talks
nonsense is ended, and the next job gets a new one.
"""

import json
import os
import sys
from abc import abstractmethod
from contextlib import AbstractContextManager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from proven.model import Interpreter, Result, Source, Unavailable
from proven.project import Project
from proven.run import report
from proven.run.process import Child, Ended, Late
from proven.toolchain import node, snapshots, wheels, worker

_START_TIMEOUT = 120.0
"""Seconds that an interpreter may take to start, on a busy machine."""

_IMPORTING = 20.0
"""Seconds that a block has besides if it imports packages: some take seconds, and more on a busy machine."""

_NODE_OPTIONS = ("--permission", "--disallow-code-generation-from-strings", "--no-warnings")
"""No files but those named, no processes, threads or native code; and no JavaScript made of text."""


class Runner(AbstractContextManager["Runner"]):
    """Runs jobs in a child, which is started when there is none."""

    grace = 0.0
    """Seconds that a child is given beyond the time that its block has."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout
        self.child: Child | None = None

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """End the child, if there is one."""
        if self.child:
            self.child.end()
            self.child = None

    def run(self, sources: tuple[Source, ...]) -> Result:
        """Run sources, one after another, in an interpreter of their own.

        Raises:
            Unavailable: The interpreter does not start.
        """
        try:
            child = self.child = self.child or self.start()
        except OSError as error:
            raise Unavailable(
                f"no interpreter can be started: {error}\n    Make room, and start again."
            ) from None
        question = {"sources": [asdict(source) for source in sources]}
        try:
            answer = child.ask(question, self.allowed(sources) + self.grace)
        except Late:
            answer = {"late": True, "last": True}
        except Ended:
            answer = {"last": True, "complaint": child.complaint()}
        if answer.get("last"):
            self.end()
        if answer.get("again"):
            return self.run(sources)
        return self.read(answer, sources)

    def read(self, answer: dict[str, Any], sources: tuple[Source, ...]) -> Result:
        """The result that a child's answer tells."""
        if answer.get("late"):
            return Result(crash=f"still running after {self.allowed(sources):g} seconds, and was stopped")
        if crash := answer.get("crash"):
            return Result(crash=f"the interpreter died: {str(crash).strip().splitlines()[-1][:500]}")
        try:
            return report.read(json.loads(answer["report"]), sources)
        except (KeyError, TypeError, ValueError, RecursionError):
            if answer.get("report"):
                return Result(crash="the block spoiled the report of its own run")
            reason = f"exit code {answer['code']}" if "code" in answer else answer.get("complaint", "")
            return Result(
                crash=": ".join(["the interpreter ended before the block did", *reason.splitlines()[-1:]])
            )

    @abstractmethod
    def allowed(self, sources: tuple[Source, ...]) -> float:
        """Seconds that a block may take."""

    @abstractmethod
    def start(self) -> Child:
        """Start a child.

        Raises:
            Unavailable: It does not start.
        """


class Native(Runner):
    """The CPython that runs the build: a fork for each job, or where there is none a process.

    Args:
        timeout: Seconds that each job may take.
        home: The environment whose Python each job gets; None for that of the build.
    """

    grace = 10.0  # the server stops blocks itself; this is for the case that it cannot

    def __init__(self, timeout: float, home: str | None = None) -> None:
        super().__init__(timeout)
        self.home = home

    def allowed(self, sources: tuple[Source, ...] = ()) -> float:
        """More in an environment, for its packages."""
        return self.timeout + (_IMPORTING if self.home else 0.0)

    def start(self) -> Child:
        """Start the server.

        Raises:
            Unavailable: It is for an environment, and the system has no forks.
        """
        environment = [self.home] if self.home else []
        if environment and not hasattr(os, "fork"):
            raise Unavailable(
                f"{Path(str(self.home)).name}: blocks run in environments on Linux and macOS only\n"
                "    Leave them out: proven verify --without NAME, or PROVEN_WITHOUT for a build."
            )
        module = "proven.sandbox.server" if hasattr(os, "fork") else "proven.sandbox.single"
        python = [sys.executable, "-I", "-X", "utf8", "-m", module]
        return Child(lambda home: [*python, str(home / "block"), str(self.allowed()), *environment])


class Pyodide(Runner):
    """A Pyodide build in a Node process; the block gets its memory as it was at the start."""

    def __init__(self, project: Project, interpreter: Interpreter, timeout: float) -> None:
        super().__init__(timeout)
        self.project = project
        self.interpreter = interpreter

    def allowed(self, sources: tuple[Source, ...]) -> float:
        """More where packages are imported."""
        return self.timeout + (_IMPORTING if self.interpreter.imports(sources) else 0.0)

    def start(self) -> Child:
        """Start Node and wait until it is ready.

        Raises:
            Unavailable: It does not become ready.
        """
        child = Child(self.command)
        try:
            child.ask(None, _START_TIMEOUT)
        except (Late, Ended):
            said = child.complaint()
            child.end()
            remedy = "If a file is missing or damaged, delete .proven: all will be installed anew."
            raise Unavailable(
                f"{self.interpreter} does not start under Node\n    {said}\n    {remedy}"
            ) from None
        return child

    def command(self, home: Path) -> list[str]:
        """The command line that starts Node, confined."""
        harness = home / "harness.json"
        harness.write_text(json.dumps(self.project.harness), "utf-8")
        made = snapshots.unpacked(self.project, self.interpreter)
        program = worker.worker(self.project).resolve()
        folder = Path(str(self.interpreter.folder)).resolve()
        index = home / "packages.json"
        index.write_text(json.dumps(self.project.packages.index(self.interpreter.name)), "utf-8")
        packages = wheels.folder(self.project).resolve()
        files = [folder, harness, index, packages, *([made.resolve()] if made else [])]
        readable = [program, *(file for file in files if file.exists())]
        allowed = [f"--allow-fs-read={file}" for file in readable]
        command = node.node(*_NODE_OPTIONS, *allowed, program, *files)
        if sys.platform == "win32":
            return command
        job = {"command": command, "readable": [command[0], *map(str, readable)]}
        return [sys.executable, "-I", "-m", "proven.sandbox.launch", json.dumps(job)]
