"""All that a run needs to go on as if it had not been stopped."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from pickle import UnpicklingError
from tempfile import TemporaryDirectory
from typing import Any

import torch
from torch import Tensor, nn
from torch.optim import Optimizer

from digits_trainer.steps import Score

# What PyTorch and this module raise for files that hold something else.
_UNFIT = (UnpicklingError, EOFError, RuntimeError, LookupError, TypeError, ValueError)


class CheckpointError(ValueError):
    """A file is no checkpoint of this run."""


@dataclass(frozen=True, slots=True)
class Epoch:
    """What an epoch gave: the loss in training, and the score afterwards."""

    loss: float
    validation: Score


@dataclass(slots=True)
class Progress:
    """The epochs so far, and the weights after the one with the lowest loss."""

    history: list[Epoch] = field(default_factory=list[Epoch])
    best: dict[str, Tensor] | None = None


def save(
    path: Path, model: nn.Module, optimizer: Optimizer, progress: Progress, seed: int
) -> None:
    """Replace a checkpoint as a whole.

    Raises:
        OSError: It cannot be written; the old one is as it was.
    """
    state = {
        "seed": seed,
        "model": model.state_dict(),
        "optimizer": optimizer.state_dict(),
        "history": [asdict(epoch) for epoch in progress.history],
        "best": progress.best,
    }
    with TemporaryDirectory(dir=path.parent) as folder:
        new = Path(folder, path.name)
        torch.save(state, new)
        new.replace(path)


def restore(path: Path, model: nn.Module, optimizer: Optimizer, seed: int) -> Progress:
    """Bring model and optimizer to where a run was, and return its progress.

    Nothing in the file is run: it may hold numbers, texts and tensors only.

    Raises:
        CheckpointError: The file is damaged, or of another run or model.
        OSError: It cannot be read.
    """
    try:
        state: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        if state["seed"] != seed:
            raise ValueError(f"of a run with seed {state['seed']}")
        model.load_state_dict(state["model"])
        optimizer.load_state_dict(state["optimizer"])
        history = [
            Epoch(epoch["loss"], Score(**epoch["validation"]))
            for epoch in state["history"]
        ]
        return Progress(history, state["best"])
    except _UNFIT as error:
        raise CheckpointError(f"{path}: no checkpoint of this run: {error}") from error
