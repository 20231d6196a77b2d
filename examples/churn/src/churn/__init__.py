"""Predict who leaves at the end of a contract, and say how well."""

from churn.data import make_table
from churn.evaluating import Report, evaluate, fit
from churn.modelling import Classifier, predict
from churn.splitting import TableError, splits
from churn.storing import ModelError, load, save

__all__ = [
    "Classifier",
    "ModelError",
    "Report",
    "TableError",
    "evaluate",
    "fit",
    "load",
    "make_table",
    "predict",
    "save",
    "splits",
]
