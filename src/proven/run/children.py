"""The child processes that run blocks: what `Native` and `Pyodide` have in common.

Each is a server that takes one job after another and gives each an interpreter
as good as new. Blocks are untrusted: a child that takes too long, dies or talks
nonsense is ended, and the next job gets a new one.
"""

import json
from abc import abstractmethod
from contextlib import AbstractContextManager
from dataclasses import asdict
from typing import Any

from proven.model import Result, Source, Unavailable
from proven.run import report
from proven.run.process import Child, Ended, Late

_START_TIMEOUT = 120.0
"""Seconds that an interpreter may take to start, on a busy machine."""

IMPORTING = 20.0
"""Seconds that a block has besides if it imports packages: some take seconds, and more on a busy machine."""


def greeted(child: Child, problem: str, remedy: str) -> Child:
    """Wait until a child says that it is ready.

    Raises:
        Unavailable: It does not say so; with the problem, what the child has said, and the remedy.
    """
    try:
        child.ask(None, _START_TIMEOUT)
    except (Late, Ended):
        said = child.complaint()
        child.end()
        raise Unavailable(f"{problem}\n    {said}\n    {remedy}") from None
    return child


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
        allowed = self.allowed(sources)
        question = {"sources": [asdict(source) for source in sources], "allowed": allowed}
        try:
            answer = child.ask(question, allowed + self.grace)
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
