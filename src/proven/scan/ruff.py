"""Ruff on files: which there are, and what it finds in them.

It reads the settings that a project has for it: how long lines are, what it ignores, what is its own.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from proven.scan import command
from proven.scan.hits import Edit, Hit, Span, Stopped

UNREADABLE = "invalid-syntax"
"""What Ruff calls the finding of a file that it cannot parse."""

_OPTIONS = ("--no-cache", "--quiet", "--no-fix", "--exit-zero")
_KINDS = (".py", ".pyi", ".pyw", ".ipynb")


def executable() -> str:
    """Where Ruff is.

    Raises:
        Stopped: It is nowhere.
    """
    return command.executable("ruff", "ruff")


def files(paths: Sequence[Path], exclude: Sequence[str] = ()) -> list[str]:
    """The Python files and notebooks among paths and under them, but for what Git or Ruff passes over.

    Raises:
        Stopped: A path is not there, or has a line break.
    """
    for path in paths:
        if not path.exists():
            raise Stopped(f"{path} is not there")
    start = [executable(), "check", *_OPTIONS, "--show-files", *_excluding(exclude)]
    done = subprocess.run([*start, *map(str, paths)], capture_output=True, check=False)
    if done.returncode:
        raise Stopped(f"Ruff cannot list files\n{done.stderr.decode(errors='replace').strip()}")
    listed = done.stdout.decode(errors="surrogateescape").splitlines()
    for name in listed:
        if not Path(name).is_absolute():
            raise Stopped(f"the path that ends in {name!r} has a line break: rename it")
    return [_from_here(name) for name in listed if name.endswith(_KINDS)]


def _from_here(name: str) -> str:
    """A path from the current folder, unless tools would take that for an option."""
    short = name.removeprefix(f"{Path.cwd()}{os.sep}")
    return name if short.startswith("-") else short


def _excluding(patterns: Sequence[str]) -> list[str]:
    return ["--extend-exclude", ",".join(patterns), "--force-exclude"] if patterns else []


def find(codes: Sequence[str], paths: Sequence[str]) -> Iterator[Hit]:
    """What rules find, and what cannot be parsed.

    Args:
        codes: Ruff's rules.
        paths: The files to look at.

    Raises:
        Stopped: Ruff cannot work.
    """
    if not codes:
        return
    start = [executable(), "check", *_OPTIONS, f"--select={','.join(codes)}", "--output-format=json-lines"]
    for said in command.lines(start, paths):
        fix = said["fix"] or {}
        offered = fix.get("edits", ()) if fix.get("applicability") in ("safe", "unsafe") else ()
        yield Hit(
            tool="ruff",
            code=said["code"] or UNREADABLE,
            message=said["message"],
            path=said["filename"],
            span=_span(said),
            cell=said["cell"] or 0,
            edits=tuple(Edit(_span(edit), edit["content"]) for edit in offered),
            is_safe=fix.get("applicability") == "safe",
        )


def _span(said: Mapping[str, Any]) -> Span:
    start, end = said["location"], said["end_location"]
    return start["row"], start["column"], end["row"], end["column"]
