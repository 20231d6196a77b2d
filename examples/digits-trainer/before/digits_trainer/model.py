"""The network."""

from collections.abc import Iterable

from torch import Tensor, nn

from digits_trainer.data import GLYPHS, SIDE


class DigitNet(nn.Module):
    """Blocks of convolutions, each of which halves the image, and a linear layer."""

    def __init__(self, widths: Iterable[int] = (8, 16), dropout: float = 0.25) -> None:
        super().__init__()
        self.blocks = []
        channels, side = 1, SIDE
        for width in widths:
            self.blocks.append(
                nn.Sequential(
                    nn.Conv2d(channels, width, 3, padding=1),
                    nn.BatchNorm2d(width),
                    nn.ReLU(),
                    nn.MaxPool2d(2),
                )
            )
            channels, side = width, side // 2
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(channels * side * side, len(GLYPHS))

    def forward(self, images: Tensor) -> Tensor:
        for block in self.blocks:
            images = block(images)
        return self.head(self.dropout(images.flatten(1)))
