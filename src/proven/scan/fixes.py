"""Mend what was found: `apply(findings) -> texts`, `write(texts)`."""

import difflib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from proven.scan.findings import Finding
from proven.scan.hits import Edit, Stopped
from proven.scan.source import Source

type Texts = Mapping[str, tuple[str, str]]
"""By path, a file's text before and after."""


def apply(findings: Iterable[Finding], unsafe: bool) -> Texts:
    """The texts of files with what is found mended; of two fixes that meet in one place, the first.

    Args:
        findings: What to mend; those without a fix are passed over.
        unsafe: Whether fixes count that may change what the code does.
    """
    chosen: dict[str, dict[int, set[Edit]]] = {}
    for finding in findings:
        hit = finding.hit
        if hit.edits and (hit.is_safe or unsafe):
            taken = chosen.setdefault(hit.path, {}).setdefault(hit.cell, set())
            new = set(hit.edits) - taken
            if not any(_meet(edit, other) for edit in new for other in taken):
                taken |= new
    texts = {}
    for path, edits in chosen.items():
        source = Source(path)
        after = source.mended(edits)
        if after != source.text:
            texts[path] = (source.text, after)
    return texts


def _meet(edit: Edit, other: Edit) -> bool:
    return edit.span[:2] <= other.span[2:] and other.span[:2] <= edit.span[2:]


def diff(texts: Texts) -> Iterator[str]:
    """The changes, as `git apply` takes them."""
    for path, (before, after) in texts.items():
        name = Path(path).as_posix()
        lines = (before.splitlines(keepends=True), after.splitlines(keepends=True))
        for line in difflib.unified_diff(*lines, f"a/{name}", f"b/{name}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def write(texts: Texts) -> None:
    """Write files, each as a whole: one that cannot be written stays as it was.

    Raises:
        Stopped: One cannot be written.
    """
    for path, (_, after) in texts.items():
        file = Path(path).resolve()  # where a link leads
        start = b"\xef\xbb\xbf" if file.read_bytes().startswith(b"\xef\xbb\xbf") else b""
        # A name that is known before the file is there: however it ends, nothing is left of it.
        staged = file.with_name(f".{file.name}.{os.getpid()}")
        try:
            try:
                with staged.open("xb") as stream:
                    stream.write(start + after.encode("utf-8"))
                shutil.copymode(file, staged)
                staged.replace(file)
            finally:
                staged.unlink(missing_ok=True)
        except OSError as error:
            raise Stopped(f"{path} cannot be written: {error.strerror}") from None
