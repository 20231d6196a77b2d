"""Images of digits, drawn in code."""

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import Dataset

SIDE = 8
GLYPHS = (
    "111101101101111",
    "010110010010111",
    "111001111100111",
    "111001111001111",
    "101101111001001",
    "111100111001111",
    "111100111101111",
    "111001001001001",
    "111101111101111",
    "111101111001111",
)


class Digits(Dataset):
    """Digits of 3 by 5 dots, near the middle of an image, under noise."""

    def __init__(self, count: int, *, seed: int, noise: float = 0.25) -> None:
        self.count, self.noise = count, noise
        self.rng = np.random.default_rng(seed)

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        image = self.rng.normal(scale=self.noise, size=(1, SIDE, SIDE))
        digit = int(self.rng.integers(10))
        top, left = self.rng.integers(1, 3), self.rng.integers(2, 4)
        dots = [float(dot) for dot in GLYPHS[digit]]
        image[0, top : top + 5, left : left + 3] += np.reshape(dots, (5, 3))
        return torch.tensor(image, dtype=torch.float32), digit
