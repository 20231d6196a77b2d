"""Files written whole or not at all, and their digests."""

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

from proven.model import Unavailable


def write(target: Path, content: str | bytes) -> None:
    """Write a file whole or not at all; one that is there keeps its rights.

    Raises:
        Unavailable: The disk does not take it.
    """
    name = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
        if target.exists():
            Path(name).chmod(target.stat().st_mode)
        Path(name).replace(target)
    except OSError as error:
        raise Unavailable(f"cannot write {target.name}: {error}\n    It is as it was. Make room.") from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


class Store:
    """Texts in files, by keys that are digests.

    Args:
        folder: Where the files are.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, key: str) -> Path:
        """The file of a key."""
        return self.folder / key[:2] / f"{key[2:]}.json"

    def get(self, key: str) -> str | None:
        """The text under a key; None where there is none that can be read."""
        try:
            return self.file(key).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None

    def put(self, key: str, text: str) -> None:
        """Keep a text, whole or not at all.

        Raises:
            Unavailable: The disk does not take it.
        """
        write(self.file(key), text)


def zip_entry(name: str) -> zipfile.ZipInfo:
    """A file's entry in an archive, the same on every machine and day."""
    entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    entry.create_system, entry.external_attr = 3, 0o100644 << 16
    return entry


def files_in(folder: Path) -> list[str]:
    """The files below a folder, sorted, by their paths from there: `async/timeouts/index.html`."""
    start = len(str(folder)) + 1  # strings: a site has a thousand files, and paths are slow
    names = (f"{place}{os.sep}{name}" for place, _, files in os.walk(folder) for name in files)
    return sorted(name[start:].replace(os.sep, "/") for name in names)


def digest(files: Iterable[Path]) -> str:
    """A digest of files' names and contents."""
    total = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:16]
