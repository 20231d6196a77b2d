"""Run blocks in the CPython that runs the build, or in that of an environment."""

import json
import os
import sys
from pathlib import Path

from proven.harness.commands import commands
from proven.model import Source, Unavailable
from proven.project import PACKAGE
from proven.project.environments import Environment
from proven.run.children import IMPORTING, Runner, greeted
from proven.run.process import Child
from proven.sandbox import places

_SERVE = """
import sys
from importlib.machinery import PathFinder

class Finder:
    def find_spec(name, path=None, target=None):
        if name == "proven":
            return PathFinder.find_spec(name, [{folder!r}])

sys.meta_path.append(Finder)
from proven.sandbox.server import main
main()
"""
"""Serves in another Python: this package is found where the build has it, and nothing else that is there."""


class Native(Runner):
    """A CPython of this machine: a fork for each job, or where there is none a process.

    Args:
        timeout: Seconds that each job may take.
        environment: Whose Python it is; None for that of the build.
    """

    grace = 10.0  # the server stops blocks itself; this is for the case that it cannot

    def __init__(self, timeout: float, environment: Environment | None = None) -> None:
        super().__init__(timeout)
        self.environment = environment

    def allowed(self, sources: tuple[Source, ...]) -> float:
        """More in an environment, for its packages; in a console as much for each command as else for all."""
        typed = sum(len(commands(source.source)) for source in sources if source.language == "console")
        return self.timeout * max(1, typed) + (IMPORTING if self.environment else 0.0)

    def start(self) -> Child:
        """Start the server.

        Raises:
            Unavailable: An environment's cannot: the system has no forks, or a module is not found.
        """
        if self.environment:
            return self.start_in(self.environment)
        module = "proven.sandbox.server" if hasattr(os, "fork") else "proven.sandbox.single"
        python = [sys.executable, "-I", "-X", "utf8", "-m", module]
        return Child(lambda home: [*python, str(home / "block")])

    def start_in(self, environment: Environment) -> Child:
        """Start the server in the Python of an environment, and wait until it has imported what that names.

        Raises:
            Unavailable: The system has no forks, or something cannot be imported.
        """
        if not hasattr(os, "fork"):
            raise Unavailable(
                f"{environment.name}: blocks run in environments on Linux and macOS only\n"
                "    Leave them out: proven verify --without NAME, or PROVEN_WITHOUT for a build."
            )
        modules = environment.imports if sys.platform == "linux" else ()  # macOS's libraries bear no forks
        told = {
            "readable": places.readable(places.of_environment(str(environment.home))),
            "programs": [str(Path(sys.executable).parent)],
            "modules": modules,
        }
        python = [
            str(environment.executable),
            "-I",
            "-X",
            "utf8",
            "-c",
            _SERVE.format(folder=str(PACKAGE.parent)),
        ]
        child = Child(lambda home: [*python, str(home / "block"), json.dumps(told)])
        if modules:
            remedy = f"See [tool.proven] in environments/{environment.name}/pyproject.toml."
            greeted(child, f"the environment {environment.name} cannot import what it names", remedy)
        return child
