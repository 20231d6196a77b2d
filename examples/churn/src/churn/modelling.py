"""The model with all of its steps, and the search for the depth that suits it."""

from collections.abc import Iterable
from typing import Any, Protocol, cast

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.impute import SimpleImputer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.tree import DecisionTreeClassifier

from churn.data import CATEGORIES, FEATURES, NUMBERS
from churn.splitting import Split

DEPTHS = (2, 4, None)


class Classifier(Protocol):
    """What this package uses of scikit-learn's classifiers, which have no types."""

    def predict_proba(self, rows: pd.DataFrame) -> NDArray[np.float64]:
        """Return a row for each row, with a column for each class."""
        ...

    def get_params(self) -> dict[str, object]:
        """Return the parameters of the classifier and its steps."""
        ...


def search(table: pd.DataFrame, folds: Iterable[Split]) -> Classifier:
    """Return the model of the best depth, which has learned from all rows of `table`.

    Args:
        table: Rows to learn from.
        folds: Which rows of it are learned from and predicted to choose the depth.
    """
    candidates: Any = GridSearchCV(
        _pipeline(),
        {"tree__max_depth": DEPTHS},
        scoring="average_precision",
        cv=folds,
        error_score="raise",  # pyright: ignore[reportArgumentType]
    )
    candidates.fit(table[[*FEATURES]], table["churned"])
    return cast("Classifier", candidates.best_estimator_)


def guess(table: pd.DataFrame) -> Classifier:
    """Return what has learned only how many leave."""
    dummy: Any = DummyClassifier(strategy="prior")
    return cast("Classifier", dummy.fit(table[[*FEATURES]], table["churned"]))


def predict(model: Classifier, rows: pd.DataFrame) -> NDArray[np.float64]:
    """Return for each row how likely its customer leaves."""
    if rows.empty:
        return np.empty(0)
    return model.predict_proba(rows[[*FEATURES]])[:, 1]


def _pipeline() -> Pipeline:
    fill = SimpleImputer(strategy="median", keep_empty_features=True)
    numbers = Pipeline([("fill", fill), ("scale", StandardScaler())])
    columns = ColumnTransformer(
        [
            ("numbers", numbers, [*NUMBERS]),
            ("categories", OneHotEncoder(handle_unknown="ignore"), [*CATEGORIES]),
        ]
    )
    tree = DecisionTreeClassifier(random_state=0)
    return Pipeline([("columns", columns), ("tree", tree)])
