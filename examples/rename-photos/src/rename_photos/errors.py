"""What can go wrong, so that a caller can tell it from a bug."""

from collections.abc import Sequence
from pathlib import Path


class RenameError(Exception):
    """Photos that could not be renamed."""


class NotAPhotoError(RenameError):
    """A path that names no file."""


class CollisionError(RenameError):
    """New names that other files have; nothing has been renamed."""

    def __init__(self, targets: Sequence[Path]) -> None:
        super().__init__(f"in use already: {', '.join(map(str, targets))}")
        self.targets = targets


class UndoneError(RenameError):
    """A renaming failed or was stopped; all photos have their old names again."""


class HalfDoneError(RenameError):
    """Some photos could not be given their old names again."""

    def __init__(self, left: Sequence[tuple[Path, Path]]) -> None:
        places = (f"{source} is now {target}" for source, target in left)
        super().__init__("; ".join(places))
        self.left = left
