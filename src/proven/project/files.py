"""Files written whole or not at all, and their digests."""

import hashlib
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from proven.model import Unavailable


def write(target: Path, text: str) -> None:
    """Write a file of the cache, whole or not at all.

    Raises:
        Unavailable: The disk does not take it.
    """
    name = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(target)
    except OSError as error:
        raise Unavailable(f"cannot keep results: {error}\n    What is there already stays valid.") from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def digest(files: Iterable[Path]) -> str:
    """A digest of files' names and contents."""
    total = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:16]


def replace(file: Path, content: bytes) -> None:
    """Write a file anew, whole or not at all, with the rights that it has."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
    Path(name).chmod(file.stat().st_mode)
    Path(name).replace(file)
