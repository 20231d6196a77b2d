"""Carries out a plan as a whole, or not at all."""

import signal
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager
from types import FrameType

from rename_photos.errors import HalfDoneError, UndoneError
from rename_photos.planning import Step, is_taken

STOPPING = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def signals_noted(noted: list[int]) -> Generator[None]:
    """Ctrl-C and SIGTERM only add their number to the list while the block runs."""

    def note(number: int, _: FrameType | None) -> None:
        noted.append(number)

    handlers = {number: signal.signal(number, note) for number in STOPPING}
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)


def carry_out(steps: Iterable[Step], noted: Sequence[int]) -> None:
    """Renames step by step; undoes all of it when one fails or a signal is noted.

    Raises:
        UndoneError: every photo has its old name again.
        HalfDoneError: some could not be given theirs.
    """
    done: list[Step] = []
    try:
        for step in steps:
            if noted:
                raise InterruptedError(f"stopped by signal {noted[0]}")
            if is_taken(step.target, step.source):
                raise FileExistsError(f"in use by now: {step.target}")
            step.source.rename(step.target)
            done.append(step)
    except OSError as error:
        undo(done)
        raise UndoneError(f"nothing is renamed: {error}") from error


def undo(done: Sequence[Step]) -> None:
    """Goes the steps back, last one first; raises HalfDoneError at the end."""
    left: list[Step] = []
    for step in reversed(done):
        try:
            if is_taken(step.source, step.target):
                raise FileExistsError(f"in use by now: {step.source}")
            step.target.rename(step.source)
        except OSError:
            left.append(step)
    if left:
        raise HalfDoneError([(step.source, step.target) for step in left])
