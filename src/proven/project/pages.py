"""The files that are pages of a site."""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from proven.model import NOTEBOOKS, Unavailable
from proven.project.package import DETECTORS
from proven.project.settings import Settings

_MARKDOWN = {".md", ".markdown", ".mdown", ".mkdn", ".mkd"}
_CELL = re.compile(rb"^# %%", re.MULTILINE)


def folders(root: Path, docs: Path, settings: Settings) -> dict[Path, Path]:
    """The folders that have pages, each with the one that is the top of the site for them.

    A folder of notebooks that is not among the pages is as if it were: `examples/notebooks` has the addresses
    that `docs/notebooks` would have.

    Args:
        root: The folder of mkdocs.yml.
        docs: The folder of the pages.
        settings: The site's.
    """
    others = (folder for folder in _named(root, settings) if not folder.is_relative_to(docs))
    return {docs: docs, **{folder: folder.parent for folder in others}}


def top(folders: Mapping[Path, Path], page: Path) -> Path:
    """The folder that is the top of the site for a page, among those that `folders` gives."""
    whole = Path(os.path.normpath(page))
    return next(top for folder, top in folders.items() if whole.is_relative_to(folder))


def find(root: Path, docs: Path, settings: Settings) -> list[Path]:
    """A site's Markdown files, as MkDocs chooses them, and its notebooks; arguments are those of `folders`.

    Raises:
        Unavailable: A folder of notebooks is not there.
    """
    from pathspec import GitIgnoreSpec  # here, since it is slow to import

    excluded = GitIgnoreSpec.from_lines([".*", "/templates/", *settings.exclude.splitlines()])
    tops = folders(root, docs, settings)
    chosen = {file: docs for file in docs.rglob("*", recurse_symlinks=True) if file.suffix in _MARKDOWN}
    for folder in _named(root, settings):
        if not folder.is_dir():
            remedy = "Name folders beside mkdocs.yml: notebooks: [examples/notebooks]"
            raise Unavailable(f"`notebooks` in mkdocs.yml: there is no folder {folder}\n    {remedy}")
        chosen |= {file: tops.get(folder, docs) for file in folder.rglob("*") if is_notebook(file)}
    return sorted(
        file for file, top in chosen.items() if not excluded.match_file(file.relative_to(top).as_posix())
    )


def detectors(docs: Path, settings: Settings) -> list[Path]:
    """The files of a site's own detectors, which stand beside its rules; other sites have none."""
    return sorted(docs.rglob(f"*{DETECTORS}")) if settings.rules else []


def _named(root: Path, settings: Settings) -> list[Path]:
    """The folders that have notebooks."""
    return [Path(os.path.normpath(root / name)) for name in settings.notebooks]


def is_notebook(file: Path) -> bool:
    """Whether a file is one of Jupyter's, or Python with cells in percent format."""
    if file.suffix not in NOTEBOOKS or not file.is_file():
        return False
    return file.suffix != ".py" or bool(_CELL.search(file.read_bytes()))
