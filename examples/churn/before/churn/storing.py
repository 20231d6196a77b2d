"""Keep a model in a file."""

from hashlib import sha256
from pathlib import Path

import joblib
from sklearn.tree import DecisionTreeClassifier


class ModelError(ValueError):
    """A file is not the model that was asked for."""


def save(model: DecisionTreeClassifier, folder: Path) -> str:
    """Write a model into a folder, and return its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "model.joblib"
    joblib.dump(model, path)
    return sha256(path.read_bytes()).hexdigest()


def load(folder: Path, digest: str) -> DecisionTreeClassifier:
    """Read a model, and check that it is the one that was saved."""
    path = folder / "model.joblib"
    model = joblib.load(path)
    if sha256(path.read_bytes()).hexdigest() != digest:
        raise ModelError(f"{path}: another model")
    if not isinstance(model, DecisionTreeClassifier):
        raise ModelError(f"{path}: no tree")
    return model
