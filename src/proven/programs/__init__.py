"""Whole programs under `examples/`: their files, excerpts of them, and the archive to download."""

from proven.programs.excerpts import Excerpt, excerpts, fill, missing_tests
from proven.programs.program import PROGRAMS, Program, archive, folders, read

__all__ = [
    "PROGRAMS",
    "Excerpt",
    "Program",
    "archive",
    "excerpts",
    "fill",
    "folders",
    "missing_tests",
    "read",
]
