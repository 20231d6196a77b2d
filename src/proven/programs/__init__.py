"""Whole programs under `examples/`: their files, excerpts of them, and the archive to download."""

from proven.programs.excerpts import Excerpt, excerpts, fill
from proven.programs.program import PROGRAMS, Program, archive, folders, read

__all__ = ["PROGRAMS", "Excerpt", "Program", "archive", "excerpts", "fill", "folders", "read"]
