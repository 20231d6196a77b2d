"""How well the whole procedure does on months that it has not seen."""

from dataclasses import dataclass
from statistics import fmean, pstdev
from typing import Any, cast

import pandas as pd
from sklearn import metrics

from churn.modelling import Classifier, guess, predict, search
from churn.splitting import splits


@dataclass(frozen=True, slots=True)
class Report:
    """What to expect of a model that is trained like this.

    Attributes:
        score: Mean average precision over the folds; 1 is perfect.
        spread: Standard deviation over the folds.
        baseline: What guessing from the share of those who leave would score.
        depths: Which depth was chosen in each fold.
    """

    score: float
    spread: float
    baseline: float
    depths: tuple[object, ...]


def evaluate(table: pd.DataFrame) -> Report:
    """Return how well models do that are chosen and trained on earlier contracts.

    In each fold, the depth is chosen with the training rows alone, split again; the
    rows that give the score have no part in it.

    Raises:
        TableError: There are too few contracts.
    """
    scores: list[float] = []
    guesses: list[float] = []
    depths: list[object] = []
    for train, test in splits(table, folds=3):
        earlier, later = table.iloc[train], table.iloc[test]
        model = fit(earlier)
        scores.append(_precision(model, later))
        guesses.append(_precision(guess(earlier), later))
        depths.append(model.get_params()["tree__max_depth"])
    return Report(fmean(scores), pstdev(scores), fmean(guesses), tuple(depths))


def fit(table: pd.DataFrame) -> Classifier:
    """Return a model of the depth that does best on the later ones of these contracts.

    Raises:
        TableError: There are too few of them.
    """
    ordered = table.reset_index(drop=True)
    return search(ordered, splits(ordered, folds=2))


def _precision(model: Classifier, table: pd.DataFrame) -> float:
    untyped = cast("Any", metrics)
    likely = predict(model, table)
    return float(untyped.average_precision_score(table["churned"], likely))
