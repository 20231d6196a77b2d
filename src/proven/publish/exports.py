"""All exports, written once for the same pages: `provide(folder, stamp, catalogue)`."""

from __future__ import annotations  # a build of an unchanged site only copies, and imports nothing else

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from proven.project import Project, files_in
from proven.toolchain.product import product

if TYPE_CHECKING:
    from proven.rules.catalogue import Catalogue


_FOLDER = "exports"


def write_exports(folder: Path, project: Project, stamp: str, catalogue: Callable[[], Catalogue]) -> Path:
    """Put all exports into a built site.

    Args:
        folder: The built site.
        project: Where they are remembered.
        stamp: All that they are made from.
        catalogue: Gives that, when it is another than the last time.

    Returns:
        The folder that they are remembered in.

    Raises:
        Unavailable: One cannot be made, or the disk does not take it.
    """
    shelf = project.cache / _FOLDER

    def build(staging: Path) -> Path:
        return _write(staging / "out", catalogue())

    product(project.cache, shelf, stamp, "Writing exports", build)
    _copy(shelf, folder)
    return shelf


def reuse_exports(folder: Path, project: Project) -> bool:
    """Put the exports of an earlier build into a built site; whether there was one for each page."""
    shelf = project.cache / _FOLDER
    built = (page.relative_to(folder) for page in folder.rglob("index.html"))
    if not all((shelf / f"{page}.md").is_file() for page in built):
        return False
    _copy(shelf, folder)
    return True


def _copy(shelf: Path, folder: Path) -> None:
    """Copy a thousand small files, without their times."""
    left_out = shutil.ignore_patterns(".made-from")
    shutil.copytree(shelf, folder, ignore=left_out, copy_function=shutil.copyfile, dirs_exist_ok=True)


def exported_paths(project: Project) -> frozenset[str]:
    """The files that the last build put into the site, by their paths in it."""
    return frozenset(files_in(project.cache / _FOLDER))


def _write(folder: Path, catalogue: Catalogue) -> Path:
    from proven.exports.registry import EXPORTS

    folder.mkdir()
    for export in EXPORTS:
        for name, content in export.make(catalogue).items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def emitted(made: Path, site_url: str) -> dict[str, list[str]]:
    """The site's own addresses in exports, by file.

    Args:
        made: The folder that they are remembered in.
        site_url: The site's public address; empty when it has none.
    """
    from proven.publish import export_links
    from proven.rules.catalogue import LOCAL

    return export_links.emitted(made, site_url or LOCAL)
