"""What is installed beside this package and can change what a native block, or a tool, says of it.

Released packages are known by name and version. What was installed from a folder
changes under the same version: it is known by its files.
"""

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

_CODE = {".py", ".pyi", ".so", ".pyd"}
_NOT_CODE = {"node_modules", "site-packages", "__pycache__", "build", "dist", "site"}
_SELF = "proven_python-"


def installed() -> str:
    """A digest of the names and versions of everything that is installed."""
    return digest_of(folder.name.encode() for folder in _distributions())


def local() -> str:
    """A digest of the code of what was installed from elsewhere than an index, but for this package."""
    return digest_of(
        part
        for folder in _distributions()
        if not folder.name.startswith(_SELF) and (folder / "direct_url.json").is_file()
        for part in _code(folder)
    )


def location(name: str) -> str:
    """Where a module is installed; empty where it is not."""
    spec = find_spec(name)
    return (spec.origin or "somewhere") if spec else ""


def _distributions() -> list[Path]:
    """The metadata of what is installed."""
    folders = {file for entry in sys.path if entry for file in Path(entry).glob("*.dist-info")}
    return sorted(folders, key=lambda folder: folder.name)


def _code(distribution: Path) -> Iterator[bytes]:
    """The code of a distribution in pieces: its files when it is editable, else the list of their digests."""
    origin = json.loads((distribution / "direct_url.json").read_text("utf-8"))
    if not origin.get("dir_info", {}).get("editable"):
        yield (distribution / "RECORD").read_bytes()
        return
    yield from code(Path(url2pathname(urlsplit(origin["url"]).path)))


def code(root: Path) -> Iterator[bytes]:
    """The code of a package in a folder, in pieces."""
    for folder, folders, files in os.walk(root / "src" if (root / "src").is_dir() else root):
        folders[:] = sorted(
            child for child in folders if not child.startswith(".") and child not in _NOT_CODE
        )
        for name in sorted(files):
            if Path(name).suffix in _CODE:
                file = Path(folder, name)
                yield f"{file.relative_to(root)}".encode()
                yield file.read_bytes()


def digest_of(parts: Iterable[bytes]) -> str:
    """A digest of pieces, and of where each ends."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{len(part)} ".encode())
        total.update(part)
    return total.hexdigest()[:16]
