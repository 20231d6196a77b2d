"""A tool in a process that stays, since to load it takes longer than to read a page."""

import atexit
from typing import Any

from proven.model import Unavailable
from proven.run.process import Child, Ended, Late

BATCH = 500
"""Files that one process reads, since its memory grows with them."""

_PATIENCE = 600.0
"""Seconds that a tool may take for them on a busy machine."""


class Resident:
    """A tool that answers until it has read enough, or until this process ends.

    Args:
        name: What it is called in messages.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.command: list[str] = []
        self.child: Child | None = None
        self.read = 0
        atexit.register(self.end)

    def ask(self, command: list[str], question: dict[str, Any], files: int) -> dict[str, Any]:
        """What it says.

        Args:
            command: What starts it.
            question: What it is asked.
            files: How many files that makes it read.

        Raises:
            Unavailable: It fails.
        """
        if command != self.command:
            self.end()
        self.command = command
        try:
            self.child = self.child or Child(lambda _: command)
            answer = self.child.ask(question, _PATIENCE)
        except (OSError, Ended, Late) as problem:
            complaint = self.child.complaint() if self.child else problem
            self.end()
            raise Unavailable(f"{self.name} failed\n{complaint}") from None
        self.read += files
        if self.read >= BATCH:
            self.end()
        return answer

    def end(self) -> None:
        """End the process."""
        if self.child:
            self.child.end()
        self.child, self.read = None, 0
