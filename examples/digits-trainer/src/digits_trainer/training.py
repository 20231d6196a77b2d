"""Training, from the first epoch or from a checkpoint on."""

from collections.abc import Generator
from contextlib import contextmanager
from copy import deepcopy
from math import inf, isfinite
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.optim import Adam
from torch.utils.data import DataLoader, Dataset

from digits_trainer.checkpoints import Epoch, Progress, restore, save
from digits_trainer.steps import evaluate, train_epoch


class DivergedError(ArithmeticError):
    """The loss is no longer a number; more epochs would not change that."""


def fit(
    model: nn.Module,
    training: Dataset[tuple[Tensor, int]],
    validation: Dataset[tuple[Tensor, int]],
    *,
    epochs: int,
    seed: int,
    batch: int = 32,
    rate: float = 0.01,
    checkpoint: Path | None = None,
) -> list[Epoch]:
    """Train a model, and leave it with the weights of its best epoch.

    The shuffling and dropout of an epoch depend on the seed and its number alone, and
    the checkpoint has the rest, so that a run that was stopped and resumed gives the
    numbers of one that was not.

    Args:
        model: What learns. Make it under a seed of its own to have the same again.
        training: What it learns from.
        validation: What tells which epoch was the best.
        epochs: How many there are in all, with those in the checkpoint.
        seed: Of the run.
        batch: How many rows are learned from at once.
        rate: How far a step goes.
        checkpoint: Written after each epoch, and gone on from where it exists.

    Returns:
        What each epoch gave, from the first one on.

    Raises:
        CheckpointError: The checkpoint is damaged, or of another run or model.
        DivergedError: A loss is not finite; the checkpoint has the epoch before.
        OSError: The checkpoint cannot be read or written.
        ValueError: There are no rows.
    """
    optimizer = Adam(model.parameters(), lr=rate)
    progress = Progress()
    if checkpoint is not None and checkpoint.exists():
        progress = restore(checkpoint, model, optimizer, seed)
    for number in range(len(progress.history), epochs):
        with seeded((seed << 32) + number):
            shuffled = DataLoader(training, batch, shuffle=True)
            loss = train_epoch(model, shuffled, optimizer)
            score = evaluate(model, DataLoader(validation, batch))
        if not (isfinite(loss) and isfinite(score.loss)):
            raise DivergedError(f"the loss of epoch {number + 1} is {loss}")
        note(progress, Epoch(loss, score), model)
        if checkpoint is not None:
            save(checkpoint, model, optimizer, progress, seed)
    if progress.best is not None:
        model.load_state_dict(progress.best)
    return progress.history


@contextmanager
def seeded(seed: int) -> Generator[None]:
    """Seed PyTorch's generator, and give it back as it was."""
    state = torch.get_rng_state()
    torch.default_generator.manual_seed(seed)
    try:
        yield
    finally:
        torch.set_rng_state(state)


def note(progress: Progress, epoch: Epoch, model: nn.Module) -> None:
    """Add an epoch, and keep a copy of the weights if it is the best so far."""
    lowest = min((past.validation.loss for past in progress.history), default=inf)
    if epoch.validation.loss < lowest:
        progress.best = deepcopy(model.state_dict())
    progress.history.append(epoch)
