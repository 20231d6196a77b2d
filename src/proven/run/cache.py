"""Results on disk, under keys of everything that could change them."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any, Self

from proven.model import (
    Block,
    Cell,
    Error,
    Interpreter,
    Job,
    Page,
    Print,
    Result,
    Results,
    Shown,
    Source,
    applicable,
)
from proven.project import Project, Store


class Known:
    """What is known of blocks: results on disk, and the crashes of this time.

    Results are read when they are asked for, so that a site of any size fits in memory.

    Args:
        folder: Where results are.
        locks: A digest of all tools and packages.
        code: A digest of the code that runs blocks.
    """

    def __init__(self, folder: Path, locks: str, code: str) -> None:
        self.store = Store(folder)
        self.environment = (locks, code)
        self.crashes: dict[str, Result] = {}

    @classmethod
    def of(cls, project: Project) -> Self:
        """What is known of a project's blocks."""
        return cls(project.cache / "results", project.locks, project.run_code)

    def key(self, job: Job) -> str:
        """The name of a job's result, here and on every machine like this one."""
        where = job.interpreter
        parts: list[Any] = [*self.environment, where.version, where.build, where.environment]
        parts += map(asdict, job.sources)
        if packages := where.imports(job.sources):
            parts.append(packages)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, job: Job) -> Result | None:
        """The result of a job; None while there is none that can be read."""
        key = self.key(job)
        if crash := self.crashes.get(key):
            return crash
        try:
            return decode(self.store.get(key) or "")
        except ValueError:
            return None

    def put(self, job: Job, result: Result) -> None:
        """Remember a result.

        Raises:
            Unavailable: The disk does not take it.
        """
        self.put_under(self.key(job), result)

    def put_under(self, key: str, result: Result) -> None:
        """Remember a result under its key; a crash says nothing about the next time, and is not kept.

        Raises:
            Unavailable: The disk does not take it.
        """
        if result.crash:
            self.crashes[key] = result
        else:
            self.store.put(key, encode(result))

    def results(
        self, page: Page, block: Block, interpreters: list[Interpreter], sources: tuple[Source, ...] = ()
    ) -> Results:
        """What a block did on those of the interpreters that it is for, as far as that is known.

        With `sources`, what these did in its place.
        """
        jobs = [
            Job(interpreter, sources or block.sources)
            for interpreter in applicable(page, block, interpreters)
        ]
        by_interpreter = {job.interpreter: self.get(job) for job in jobs}
        return {interpreter: result for interpreter, result in by_interpreter.items() if result}


def encode(result: Result) -> str:
    """The text that a result is stored as."""
    return json.dumps(asdict(result))


def decode(text: str) -> Result:
    """The result that a text holds.

    Raises:
        ValueError: It holds none.
    """
    try:
        stored = json.loads(text)
        return Result(
            stdout=stored["stdout"],
            stderr=stored["stderr"],
            error=Error(**stored["error"]) if stored["error"] else None,
            prints=tuple(Print(**fields) for fields in stored["prints"]),
            crash=stored["crash"],
            shown=_shown(stored["shown"]) if stored["shown"] else None,
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no result: {error}") from None


def _shown(stored: dict[str, Any]) -> Shown:
    table = tuple(tuple(Cell(**cell) for cell in row) for row in stored["table"])
    return Shown(stored["problem"], stored["value"], table, stored["figure"])
