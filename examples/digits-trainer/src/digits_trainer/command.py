"""The command `digits-trainer`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import torch

from digits_trainer.checkpoints import CheckpointError
from digits_trainer.data import Digits
from digits_trainer.model import DigitNet
from digits_trainer.training import fit


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or go on; return 0, or 1 where the checkpoint cannot be used."""
    parser = argparse.ArgumentParser(prog="digits-trainer")
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--checkpoint", type=Path, help="resumed if it exists")
    options = parser.parse_args(arguments)
    torch.default_generator.manual_seed(options.seed)
    try:
        history = fit(
            DigitNet(),
            Digits(1000, seed=1),
            Digits(200, seed=2),
            epochs=options.epochs,
            seed=options.seed,
            checkpoint=options.checkpoint,
        )
    except (CheckpointError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    for number, epoch in enumerate(history, 1):
        score = epoch.validation
        print(f"{number}: loss {score.loss:.3f}, {score.accuracy:.0%} right")
    return 0


if __name__ == "__main__":
    sys.exit(main())
