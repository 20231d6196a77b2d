"""Results on disk, under keys of everything that could change them."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from proven.model import Block, Error, Interpreter, Job, Page, Print, Result, Results, Source, applicable
from proven.project import Project, write


class Cache:
    """Results on disk, under keys of block, interpreter and the code that runs it."""

    def __init__(self, folder: Path, locks: str, code: str) -> None:
        self.folder = folder
        self.environment = (locks, code)

    def key(self, sources: tuple[Source, ...], interpreter: Interpreter) -> str:
        """The name of one result."""
        there = (interpreter.version, interpreter.build, interpreter.environment)
        parts: list[Any] = [*self.environment, *there, *map(asdict, sources)]
        if packages := interpreter.imports(sources):
            parts.append(packages)
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def get(self, key: str) -> Result | None:
        """The result under a key; None when there is none that can be read."""
        try:
            return decode(self._file(key).read_text("utf-8"))
        except (OSError, ValueError):
            return None

    def put(self, key: str, result: Result) -> None:
        """Store a result, whole or not at all. A crash says nothing about the next time: it is not stored.

        Raises:
            Unavailable: The disk does not take it.
        """
        if not result.crash:
            write(self._file(key), encode(result))

    def _file(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key[2:]}.json"


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
            prints=tuple(Print(**one) for one in stored["prints"]),
            crash=stored["crash"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no result: {error}") from None


class Known:
    """What is known of blocks: results on disk, and the crashes of this time.

    Results are read when they are asked for, so that a site of any size fits in memory.
    """

    def __init__(self, project: Project) -> None:
        self.cache = Cache(project.cache / "results", project.locks, project.run_code)
        self.crashes: dict[str, Result] = {}

    def key(self, job: Job) -> str:
        """The name of a job's result, here and on every machine like this one."""
        return self.cache.key(job.sources, job.interpreter)

    def get(self, job: Job) -> Result | None:
        """The result of a job; None while there is none."""
        key = self.key(job)
        return self.crashes.get(key) or self.cache.get(key)

    def put(self, job: Job, result: Result) -> None:
        """Remember a result."""
        self.take(self.key(job), result)

    def take(self, key: str, result: Result) -> None:
        """Remember a result under its key; a crash says nothing about the next time."""
        if result.crash:
            self.crashes[key] = result
        else:
            self.cache.put(key, result)

    def results(
        self, page: Page, block: Block, interpreters: list[Interpreter], sources: tuple[Source, ...] = ()
    ) -> Results:
        """What a block did on those of the interpreters that it is for, as far as that is known.

        With `sources`, what these did in its place.
        """
        jobs = [Job(one, sources or block.sources) for one in applicable(page, block, interpreters)]
        found = {job.interpreter: self.get(job) for job in jobs}
        return {one: result for one, result in found.items() if result}
