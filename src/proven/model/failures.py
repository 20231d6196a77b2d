"""What is wrong, with its place and remedy; and what cannot be had at all."""

from __future__ import annotations

from dataclasses import dataclass

type Place = tuple[str, int]
"""A file, and a line counted from 1."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is wrong, with its place and the way to mend it."""

    path: str
    line: int
    message: str
    remedy: str = ""

    def __lt__(self, other: Failure) -> bool:
        """Whether it is told before another: by place; of one place, in the order in which they came."""
        return (self.path, self.line) < (other.path, other.line)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}: {self.message}"
        text = "\n".join([place, *(f"    {line}" for line in self.remedy.splitlines())])
        return text.encode("utf-8", "backslashreplace").decode("utf-8")  # blocks raise lone surrogates too


class Failures(Exception):
    """A stage found the page, the configuration or the environment wanting."""

    def __init__(self, failures: list[Failure]) -> None:
        super().__init__("\n".join(map(str, failures)))
        self.failures = failures


class Unavailable(Exception):
    """Something that is needed cannot be had; the message says what, why and what to do."""
