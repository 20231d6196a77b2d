"""Keep a model in files that can be verified before anything in them runs."""

import json
from hashlib import sha256
from importlib import metadata
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import joblib

from churn.modelling import Classifier


class ModelError(ValueError):
    """Files are not the model that was asked for, or do not fit this environment."""


def save(model: Classifier, folder: Path) -> str:
    """Write a model into a new folder, and return the digest to load it by.

    Record the digest where those who can write to the folder cannot write.

    Raises:
        OSError: The folder exists already, or cannot be written.
    """
    folder.mkdir(parents=True)
    cast("Any", joblib).dump(model, folder / "model.joblib")
    data = (folder / "model.joblib").read_bytes()
    about = {"sha256": sha256(data).hexdigest(), "versions": _versions()}
    manifest = json.dumps(about, indent=2).encode()
    (folder / "model.json").write_bytes(manifest)
    return sha256(manifest).hexdigest()


def load(folder: Path, digest: str) -> Classifier:
    """Return the model that `save()` returned this digest for.

    The digest vouches for the manifest, and the manifest for the bytes of the model;
    the bytes that were verified are the ones that are loaded.

    Raises:
        ModelError: The files are others, or were written by other versions.
        OSError: They cannot be read.
    """
    manifest = (folder / "model.json").read_bytes()
    if sha256(manifest).hexdigest() != digest:
        raise ModelError(f"{folder}: another manifest than the recorded one")
    about = json.loads(manifest)
    data = (folder / "model.joblib").read_bytes()
    if sha256(data).hexdigest() != about["sha256"]:
        raise ModelError(f"{folder}: another model than the recorded one")
    if about["versions"] != _versions():
        raise ModelError(f"{folder}: written by {about['versions']}")
    return cast("Classifier", cast("Any", joblib).load(BytesIO(data)))


def _versions() -> dict[str, str]:
    names = ("scikit-learn", "numpy", "pandas", "joblib")
    return {name: metadata.version(name) for name in names}
