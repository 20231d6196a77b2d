"""Predict who leaves at the end of a contract, and say how well."""

from churn.data import make_table
from churn.model import Classifier, Report, evaluate, fit, predict, splits
from churn.storing import ModelError, load, save

__all__ = [
    "Classifier",
    "ModelError",
    "Report",
    "evaluate",
    "fit",
    "load",
    "make_table",
    "predict",
    "save",
    "splits",
]
