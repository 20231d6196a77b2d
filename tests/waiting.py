"""Waiting for what another process does."""

import time
from collections.abc import Callable


def until(condition: Callable[[], bool], what: str, seconds: float = 300) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)
