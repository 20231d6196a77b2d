"""The network."""

from collections.abc import Iterable

from torch import Tensor, nn

from digits_trainer.data import GLYPHS, SIDE


class DigitNet(nn.Module):
    """Blocks of convolutions, each of which halves the image, and a linear layer."""

    def __init__(self, widths: Iterable[int] = (8, 16), dropout: float = 0.25) -> None:
        """Make a block for each width."""
        super().__init__()
        self.blocks = nn.ModuleList()
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
        """Return for each image a number for each digit; the highest is the answer."""
        for block in self.blocks:
            images = block(images)
        scores: Tensor = self.head(self.dropout(images.flatten(1)))
        return scores
