"""One epoch of training, and one evaluation."""

from dataclasses import dataclass
from typing import TypeAlias

import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy
from torch.optim import Optimizer
from torch.utils.data import DataLoader

Loader: TypeAlias = DataLoader[tuple[Tensor, int]]


@dataclass(frozen=True, slots=True)
class Score:
    """The mean loss of a row, and which part of the rows is answered right."""

    loss: float
    accuracy: float


def train_epoch(model: nn.Module, loader: Loader, optimizer: Optimizer) -> float:
    """Let the model learn from each batch once, and return the mean loss of a row.

    Raises:
        ValueError: There are no rows.
    """
    model.train()
    total, seen = 0.0, 0
    for images, digits in loader:
        optimizer.zero_grad()
        loss = cross_entropy(model(images), digits)
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        total += loss.item() * len(digits)
        seen += len(digits)
    if not seen:
        raise ValueError("there are no rows to learn from")
    return total / seen


def evaluate(model: nn.Module, loader: Loader) -> Score:
    """Return how well the model does, and leave it and the mode of its layers alone.

    Raises:
        ValueError: There are no rows.
    """
    modes = [(layer, layer.training) for layer in model.modules()]
    total, right, seen = 0.0, 0, 0
    model.eval()
    try:
        with torch.inference_mode():
            for images, digits in loader:
                scores = model(images)
                total += cross_entropy(scores, digits, reduction="sum").item()
                right += int((scores.argmax(dim=1) == digits).sum())
                seen += len(digits)
    finally:
        for layer, training in modes:
            layer.training = training
    if not seen:
        raise ValueError("there are no rows to evaluate")
    return Score(total / seen, right / seen)
