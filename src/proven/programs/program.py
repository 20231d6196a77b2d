"""A program: a folder of `examples/` with a project of its own."""

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from proven.model import Source

PROGRAMS = "examples"
"""The folder of all programs."""

_LOCK = "uv.lock"

_LEFT_OUT = ("__pycache__", "build", "dist")
_SUFFIXES = (".egg-info", ".pyc")


@dataclass(frozen=True)
class Program:
    """The files of a program, by their paths in its folder: `src/crawler/fetch.py`.

    Raises:
        OSError: A file cannot be read.
    """

    folder: Path

    @property
    def name(self) -> str:
        """That of its folder."""
        return self.folder.name

    @cached_property
    def files(self) -> dict[str, str]:
        """The text of each file that is text, but for the lock file's."""
        read = {}
        for name in paths(self.folder):
            with suppress(UnicodeDecodeError):
                read[name] = (self.folder / name).read_text("utf-8")
        read.pop(_LOCK, None)
        return read

    def sources(self, everything: bool) -> tuple[Source, ...]:
        """Its files for a block: what can be imported and its folders of data, or all but `before`."""
        passed = ("before/",) if everything else ("before/", "tests/")
        return tuple(
            Source("file", text, name)
            for name, text in self.files.items()
            if not name.startswith(passed) and ("/" in name or everything)
        )

    def _below(self, folder: str) -> dict[str, str]:
        """The text of the files in a folder, by their paths there."""
        names = (name for name in self.files if name.startswith(folder))
        return {name.removeprefix(folder): self.files[name] for name in names}

    @cached_property
    def changes(self) -> dict[str, tuple[str, str]]:
        """By path below `src`, the text in `before` and that in `src`; empty where there is none."""
        before, after = self._below("before/"), self._below("src/")
        return {
            name: (before.get(name, ""), after.get(name, ""))
            for name in sorted({*before, *after})
            if before.get(name, "") != after.get(name, "")
        }


def paths(folder: Path) -> Iterator[str]:
    """The files of a program, sorted; nothing that tools leave behind."""
    for file in sorted(folder.rglob("*")):
        parts = file.relative_to(folder).parts
        passing = any(part.startswith(".") or part in _LEFT_OUT or part.endswith(_SUFFIXES) for part in parts)
        if file.is_file() and not passing:
            yield "/".join(parts)


def folders(root: Path) -> list[Path]:
    """The folders with the code of all programs; not those beside them that tools make."""
    return [
        folder
        for side in ("src", "tests", "before")
        for folder in sorted((root / PROGRAMS).glob(f"*/{side}"))
        if (folder.parent / "pyproject.toml").is_file()
    ]


def read(root: Path, name: str) -> Program | None:
    """A program of a project; None where there is none of that name."""
    folder = root / PROGRAMS / (name or "-")
    return Program(folder) if (folder / "pyproject.toml").is_file() else None


def archive(program: Program) -> bytes:
    """All its files in a folder of its name, as a zip file that is the same each time."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in paths(program.folder):
            entry = zipfile.ZipInfo(f"{program.name}/{name}", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            file.writestr(entry, (program.folder / name).read_bytes())
    return packed.getvalue()
