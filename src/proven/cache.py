"""Remember results: a file for each, named by everything that could change it."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from proven.model import Error, Interpreter, Print, Result, Source
from proven.project import write


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
