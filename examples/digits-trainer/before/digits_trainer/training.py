"""Training, from the first epoch or from a checkpoint on."""

from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn.functional import cross_entropy
from torch.optim import Adam, Optimizer
from torch.utils.data import DataLoader, Dataset


class CheckpointError(ValueError):
    """A file is no checkpoint."""


class DivergedError(ArithmeticError):
    """The loss is no longer a number."""


@dataclass(frozen=True)
class Score:
    """The mean loss, and which part of the rows is answered right."""

    loss: float
    accuracy: float


@dataclass(frozen=True)
class Epoch:
    """What an epoch gave: the loss in training, and the score afterwards."""

    loss: float
    validation: Score


def train_epoch(model: nn.Module, loader: DataLoader, optimizer: Optimizer) -> float:
    """Let the model learn from each batch once, and return the mean loss."""
    model.train()
    total = 0.0
    for images, digits in loader:
        optimizer.zero_grad()
        loss = cross_entropy(model(images), digits)
        loss.backward()
        optimizer.step()
        total += loss.item()
    return total / len(loader)


def evaluate(model: nn.Module, loader: DataLoader) -> Score:
    """Return how well the model does."""
    total, right, seen = 0.0, 0, 0
    with torch.no_grad():
        for images, digits in loader:
            scores = model(images)
            total += cross_entropy(scores, digits).item()
            right += (scores.argmax(dim=1) == digits).sum().item()
            seen += len(digits)
    return Score(total / len(loader), right / seen)


def fit(
    model: nn.Module,
    training: Dataset,
    validation: Dataset,
    *,
    epochs: int,
    seed: int,
    batch: int = 32,
    rate: float = 0.01,
    checkpoint: Path | None = None,
) -> list[Epoch]:
    """Train a model, and leave it with the weights of its best epoch."""
    torch.manual_seed(seed)
    optimizer = Adam(model.parameters(), lr=rate)
    history, lowest, best_state = [], float("inf"), None
    if checkpoint is not None and checkpoint.exists():
        state = torch.load(checkpoint, weights_only=False)
        model.load_state_dict(state["model"])
        history = state["history"]
    for _ in range(len(history), epochs):
        loss = train_epoch(model, DataLoader(training, batch, shuffle=True), optimizer)
        score = evaluate(model, DataLoader(validation, batch))
        history.append(Epoch(loss, score))
        if score.loss < lowest:
            lowest, best_state = score.loss, model.state_dict()
        if checkpoint is not None:
            torch.save({"model": model.state_dict(), "history": history}, checkpoint)
    if best_state is not None:
        model.load_state_dict(best_state)
    return history
