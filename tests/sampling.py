"""A tenth of what a run of the tests repeats, another each time; all of it where PROVEN_ALL is set."""

import os
import random
from collections.abc import Sequence

SHARE = 1 if "PROVEN_ALL" in os.environ else 10
"""One of how many is taken."""


def seed() -> int:
    """PROVEN_SEED, which a failure names so that it can be repeated; any other number without it."""
    chosen = int(os.environ.get("PROVEN_SEED", random.randrange(10**6)))
    print(f"PROVEN_SEED={chosen}")
    return chosen


def sampled[T](items: Sequence[T]) -> list[T]:
    """A share of the items, one at least, in any order."""
    return random.Random(seed()).sample(list(items), -(-len(items) // SHARE))
