"""Standard input that a reader types, line by line."""

import io
import time
from collections.abc import Callable, Iterable


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
