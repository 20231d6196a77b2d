"""Train a small network on drawn digits."""

from digits_trainer.data import Digits
from digits_trainer.model import DigitNet
from digits_trainer.training import (
    CheckpointError,
    DivergedError,
    Epoch,
    Score,
    evaluate,
    fit,
    train_epoch,
)

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
