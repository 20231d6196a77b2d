"""Which rows may be learned from when others are to be predicted."""

from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

type Split = tuple[NDArray[np.intp], NDArray[np.intp]]


class TableError(ValueError):
    """A table has too few contracts to say anything."""


def splits(table: pd.DataFrame, *, folds: int = 4) -> list[Split]:
    """Return training and test rows as they would have been known, time after time.

    At a cutoff, contracts that have ended by then can be learned from, and the months
    from then on, up to the next cutoff, are predicted. A month comes before the end of
    its contract, so that no customer is on both sides.

    Raises:
        TableError: A part would be without a customer who left, or who stayed.
    """
    if table.empty:
        raise TableError("there are no contracts")
    month, ends = table["month"].to_numpy(), table["ends"].to_numpy()
    cutoffs = np.quantile(month, np.linspace(0.4, 1, folds + 1)).astype(int)
    cutoffs[-1] += 1
    pairs: list[Split] = []
    for start, stop in pairwise(cutoffs):
        train = np.flatnonzero(ends <= start)
        test = np.flatnonzero((month >= start) & (month < stop))
        for part in (train, test):
            if table["churned"].iloc[part].nunique() < 2:
                raise TableError(f"too few contracts around month {start}")
        pairs.append((train, test))
    return pairs
