"""A share of what a run of the tests repeats, another each time; all of it where PROVEN_ALL is set."""

import os
import random
from collections.abc import Sequence

ALL = "PROVEN_ALL" in os.environ

SHARE = 1 if ALL else 10
"""One of how many is taken."""


def seed() -> int:
    """PROVEN_SEED, which a failure names so that it can be repeated; any other number without it."""
    chosen = int(os.environ.get("PROVEN_SEED", random.randrange(10**6)))
    print(f"PROVEN_SEED={chosen}")
    return chosen


def sampled[T](items: Sequence[T], share: int = SHARE) -> list[T]:
    """One of `share` items, one at least, in any order."""
    return random.Random(seed()).sample(list(items), len(items) if ALL else -(-len(items) // share))
