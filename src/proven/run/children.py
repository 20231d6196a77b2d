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
from proven.run.report import Chain

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

    def run(self, chain: Chain) -> list[Result]:
        """Run blocks, of which each continues those before it: all in one interpreter.

        Where one of them does not come to its end, each is run in an interpreter of its own, after what
        it continues.

        Raises:
            Unavailable: The interpreter does not start.
        """
        results = self.attempt(chain)
        if len(chain) > 1 and any(result.crash for result in results):
            return [result for sources in chain for result in self.attempt([sources])]
        return results

    def attempt(self, chain: Chain) -> list[Result]:
        """Run blocks in one interpreter.

        Raises:
            Unavailable: The interpreter does not start.
        """
        try:
            child = self.child = self.child or self.start()
        except OSError as error:
            raise Unavailable(
                f"no interpreter can be started: {error}\n    Make room, and start again."
            ) from None
        allowed = self.allowed(chain[-1])
        told = {len(sources) for sources in chain}
        sources = [{**asdict(source), "told": number in told} for number, source in enumerate(chain[-1], 1)]
        try:
            answer = child.ask({"sources": sources, "allowed": allowed}, allowed + self.grace)
        except Late:
            answer = {"late": True, "last": True}
        except Ended:
            answer = {"last": True, "complaint": child.complaint()}
        if answer.get("last"):
            self.end()
        if answer.get("again"):
            return self.attempt(chain)
        return self.read(answer, chain)

    def read(self, answer: dict[str, Any], chain: Chain) -> list[Result]:
        """The results that a child's answer tells."""
        if answer.get("late"):
            crash = f"still running after {self.allowed(chain[-1]):g} seconds, and was stopped"
        elif died := answer.get("crash"):
            crash = f"the interpreter died: {str(died).strip().splitlines()[-1][:500]}"
        else:
            try:
                return report.read(json.loads(answer["report"]), chain)
            except (KeyError, TypeError, ValueError, RecursionError):
                crash = _spoiled(answer)
        return [Result(crash=crash)] * len(chain)

    @abstractmethod
    def allowed(self, sources: tuple[Source, ...]) -> float:
        """Seconds that a block may take."""

    @abstractmethod
    def start(self) -> Child:
        """Start a child.

        Raises:
            Unavailable: It does not start.
        """


def _spoiled(answer: dict[str, Any]) -> str:
    """Why there is no report that can be read."""
    if answer.get("report"):
        return "the block spoiled the report of its own run"
    reason = f"exit code {answer['code']}" if "code" in answer else answer.get("complaint", "")
    return ": ".join(["the interpreter ended before the block did", *reason.splitlines()[-1:]])
