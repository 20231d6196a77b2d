"""A share of what a run of the tests repeats, another each time; all of it where PROVEN_ALL is set."""

import os
import random
from collections.abc import Sequence

ALL = "PROVEN_ALL" in os.environ

RUN = int(os.environ.get("PYTEST_XDIST_TESTRUNUID", "") or f"{random.randrange(10**6):x}", 16) % 10**6
"""The same for all workers, so that they choose the same tests."""


def seed() -> int:
    """PROVEN_SEED, which a failure names so that it can be repeated; without it any number, one a run."""
    chosen = int(os.environ.get("PROVEN_SEED", RUN))
    print(f"PROVEN_SEED={chosen}")
    return chosen


def sampled[T](items: Sequence[T], share: int = 10) -> list[T]:
    """One of `share` items, one at least, in any order."""
    return random.Random(seed()).sample(list(items), len(items) if ALL else -(-len(items) // share))
