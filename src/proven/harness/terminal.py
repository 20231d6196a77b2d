"""What a program finds in place of a terminal: input that a reader types, and no shell."""

import io
import os
import sys
import time
from collections.abc import Callable, Iterable

_CLEARS = ("", "clear", "cls")
"""Commands that only change how a terminal looks."""

_NOT_FOUND = 127
"""The status with which a shell says that there is no such command."""


class Keyboard(io.TextIOBase):
    """Gives the lines that are known; a program that wants more waits until it is ended.

    A worker cannot wait for its page and go on, so the program is run anew with one
    answer more.

    Args:
        answers: The lines; None is the end of the input.
        ask: Called when another is wanted.
    """

    def __init__(self, answers: Iterable[str | None], ask: Callable[[], object]) -> None:
        self.answers = iter(answers)
        self.ask = ask
        self.ended = False

    def readable(self) -> bool:
        return True

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]
        """One line, whole; nothing when the input has ended."""
        while not self.ended:
            for answer in self.answers:
                self.ended = answer is None
                return "" if answer is None else f"{answer}\n"
            self.ask()
            while True:
                time.sleep(1)
        return ""

    def read(self, size: int | None = -1, /) -> str:
        """All that is left."""
        return "".join(self)


def system(command: str) -> int:
    """Stands in for `os.system()`, which would end the interpreter: no command is found."""
    name = os.fsdecode(command).strip().partition(" ")[0]
    if name in _CLEARS:
        return 0
    print(f"sh: {name}: not found (there is no shell in the browser)", file=sys.stderr)
    return _NOT_FOUND << 8  # as the status of a process is told on Unix


def install() -> None:
    """Let programs that want a shell or a terminal go on without."""
    os.system = system  # type: ignore[assignment]
    if os.path.exists("/dev/tty"):  # it is empty: getpass is to read what the reader types
        os.remove("/dev/tty")
