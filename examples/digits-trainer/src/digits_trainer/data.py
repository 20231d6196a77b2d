"""Images of digits, drawn in code: small, and as many as are asked for."""

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


class Digits(Dataset[tuple[Tensor, int]]):
    """Digits of 3 by 5 dots, near the middle of an image, under noise.

    An image depends on the seed and its index alone, so that it is the same in each
    epoch, in each order, and in each process that loads it.
    """

    def __init__(self, count: int, *, seed: int, noise: float = 0.25) -> None:
        """Draw `count` images, each when it is asked for."""
        self.count, self.seed, self.noise = count, seed, noise

    def __len__(self) -> int:
        """Return how many there are."""
        return self.count

    def __getitem__(self, index: int) -> tuple[Tensor, int]:
        """Return an image of one channel, and its digit.

        Raises:
            IndexError: There is no such image.
        """
        if not 0 <= index < self.count:
            raise IndexError(index)
        generator = torch.Generator().manual_seed((self.seed << 32) + index)
        image = torch.randn(1, SIDE, SIDE, generator=generator) * self.noise
        digit = int(torch.randint(10, (), generator=generator))
        top = int(torch.randint(1, 3, (), generator=generator))
        left = int(torch.randint(2, 4, (), generator=generator))
        dots = torch.tensor([float(dot) for dot in GLYPHS[digit]]).reshape(5, 3)
        image[0, top : top + 5, left : left + 3] += dots
        return image, digit
