"""Decides about every name before any file is touched."""

import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rename_photos.errors import CollisionError, NotAPhotoError


@dataclass(frozen=True, slots=True)
class Step:
    """One call of rename()."""

    source: Path
    target: Path


def plan(photos: Iterable[Path], prefix: str, start: int = 1) -> dict[Path, Path]:
    """The new path of each photo: numbered by time, in the folder where it is.

    Raises:
        NotAPhotoError: a path names no file.
        CollisionError: a new name belongs to a file that is not among the photos.
    """
    # One that is named twice is one photo; a link is renamed, not what it leads to.
    unique = dict.fromkeys(path.parent.resolve() / path.name for path in photos)
    for path in unique:
        if not path.is_file():
            raise NotAPhotoError(f"not a file: {path}")
    ordered = sorted(unique, key=lambda path: (path.stat().st_mtime_ns, path.name))
    width = max(3, len(str(start + len(ordered) - 1)))
    targets = {
        path: path.with_name(f"{prefix}{number:0{width}}{path.suffix.lower()}")
        for number, path in enumerate(ordered, start)
    }
    collisions = [
        target
        for source, target in targets.items()
        if target not in targets and is_taken(target, source)
    ]
    if collisions:
        raise CollisionError(collisions)
    return targets


def is_taken(target: Path, source: Path) -> bool:
    """Whether another file than the source has the name of the target.

    Where A.JPG and a.jpg are the same file, the one may be renamed to the other.
    """
    if not os.path.lexists(target):
        return False
    same_name = target.name.casefold() == source.name.casefold()
    return not (same_name and target.samefile(source))


def order(targets: Mapping[Path, Path]) -> list[Step]:
    """Steps that never rename to a name that is still in use.

    A chain begins at its end, which is free; a circle, such as two photos that swap
    their names, is opened by giving one of them a name in between.
    """
    waiting = {source: target for source, target in targets.items() if source != target}
    steps: list[Step] = []
    for first in list(waiting):
        chain: list[Step] = []
        path = first
        while path in waiting:
            target = waiting.pop(path)
            chain.append(Step(path, target))
            path = target
        if chain and path == first:
            between = first.with_name(f".renaming-{secrets.token_hex(8)}")
            steps.append(Step(first, between))
            chain[0] = Step(between, chain[0].target)
        steps.extend(reversed(chain))
    return steps
