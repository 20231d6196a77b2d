"""Train a small network on drawn digits."""

from digits_trainer.checkpoints import CheckpointError, Epoch
from digits_trainer.data import Digits
from digits_trainer.model import DigitNet
from digits_trainer.steps import Score, evaluate, train_epoch
from digits_trainer.training import DivergedError, fit

__all__ = [
    "CheckpointError",
    "DigitNet",
    "Digits",
    "DivergedError",
    "Epoch",
    "Score",
    "evaluate",
    "fit",
    "train_epoch",
]
