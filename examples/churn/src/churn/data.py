"""Contracts as they might be, made with a seed; a real table has the same columns."""

import numpy as np
import pandas as pd

NUMBERS = ("tenure", "usage", "bill", "calls")
CATEGORIES = ("plan", "region")
FEATURES = (*NUMBERS, *CATEGORIES)
COLUMNS = ("customer", "month", "ends", *FEATURES, "churned")


def make_table(
    *,
    seed: int,
    customers: int = 300,
    snapshots: int = 4,
    rate: float = 0.15,
    signal: float = 1.0,
) -> pd.DataFrame:
    """Return one row for each of a customer's last months before the contract ends.

    Args:
        seed: The same one makes the same table.
        customers: How many there are.
        snapshots: How many months of each.
        rate: Which part of the customers leaves.
        signal: How much that has to do with the features; 0 is pure noise.

    Returns:
        `COLUMNS`, in the order of `month`. Some of `usage` is missing.
    """
    rng = np.random.default_rng(seed)
    ends = rng.integers(8, 48, customers)
    usage, bill = rng.normal(size=customers), rng.normal(50, 15, customers)
    plan = rng.choice(["basic", "plus", "pro"], customers)
    region = rng.choice(["north", "south", "west"], customers)
    urge = signal * ((plan == "basic") - 2 * usage) + rng.normal(size=customers)
    leaves = urge > np.quantile(urge, 1 - rate)

    who = np.repeat(np.arange(customers), snapshots)
    month = ends[who] - np.tile(np.arange(snapshots, 0, -1), customers)
    used = usage[who] + rng.normal(scale=0.05, size=len(who))
    table = pd.DataFrame(
        {
            "customer": who,
            "month": month,
            "ends": ends[who],
            "tenure": month + rng.integers(0, 60, customers)[who],
            "usage": np.where(rng.random(len(who)) < 0.1, np.nan, used),
            "bill": bill[who] + rng.normal(scale=0.5, size=len(who)),
            "calls": rng.poisson(1, len(who)),
            "plan": plan[who],
            "region": region[who],
            "churned": leaves[who],
        }
    )
    return table.sort_values(["month", "customer"], ignore_index=True)
