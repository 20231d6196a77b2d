"""An archive of a folder, the same bytes for the same files: `pack(folder, file)`."""

import zipfile
from collections import Counter
from pathlib import Path

from proven.project import zip_entry


def pack(folder: Path, file: Path) -> Counter[str]:
    """Write an archive with one folder in it.

    Args:
        folder: What to pack, under its own name.
        file: The archive.

    Returns:
        The bytes that each part of the folder takes in the archive.

    Raises:
        OSError: The disk does not take it.
    """
    sizes: Counter[str] = Counter()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for source in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = source.relative_to(folder).as_posix()
            entry = zip_entry(f"{folder.name}/{name}")
            archive.writestr(entry, source.read_bytes(), zipfile.ZIP_DEFLATED, 9)
            sizes[_part(name)] += entry.compress_size
    return sizes


def _part(name: str) -> str:
    """What a file belongs to, in the words of who asks what takes the space."""
    folders = name.split("/")
    if name.startswith("assets/runtime/"):
        return f"CPython {folders[3]}"
    for start, part in (("packages", "packages that blocks import"), ("checkers", "mypy, Ruff and ast-grep")):
        if name.startswith(f"assets/{start}/"):
            return part
    if folders[0] in ("assets", "stylesheets"):
        return "look and scripts"
    return "search" if folders[0] == "search" else "pages and exports"
