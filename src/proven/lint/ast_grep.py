"""The site's own detectors on the files of a folder: findings, and what they mend."""

import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from proven.model import FileFindings, Finding, Pattern, Unavailable
from proven.scan import ast_grep
from proven.scan.hits import Hit, Stopped
from proven.scan.source import Source


def check(folder: Path, patterns: list[Pattern]) -> FileFindings:
    """What detectors find in the files of a folder; of one that mends, with the mended file.

    Raises:
        Unavailable: ast-grep cannot be had, or does not take one of the detectors.
    """
    fixes = {pattern.id: pattern.fix for pattern in patterns}
    hits = _hits(sorted(folder.glob("*.py")), patterns, fixes)
    mended: dict[tuple[str, str], tuple[str, int]] = {}
    for path, code in sorted({(hit.path, hit.code) for hit in hits if hit.edits}):
        edits = [edit for hit in hits if (hit.path, hit.code) == (path, code) for edit in hit.edits]
        text = Source(path).mended({0: edits})
        own = [pattern for pattern in patterns if pattern.id == code]
        mended[path, code] = text, len(_of_text(text, own, fixes))
    for hit in hits:
        text, left = mended.get((hit.path, hit.code), ("", 0))
        yield Path(hit.path).name, Finding(hit.span[0], hit.code, hit.message, fixes[hit.code], text, left)


def _of_text(text: str, patterns: list[Pattern], fixes: Mapping[str, str]) -> list[Hit]:
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        file = Path(name, "mended.py")
        file.write_text(text, "utf-8", newline="")
        return _hits([file], patterns, fixes)


def _hits(files: list[Path], patterns: list[Pattern], fixes: Mapping[str, str]) -> list[Hit]:
    try:
        return list(_find(files, patterns, fixes))
    except Stopped as problem:
        for pattern in patterns if len(patterns) > 1 else ():
            _hits([], [pattern], fixes)  # says which one it is
        where = "".join(f"{pattern.path}:{pattern.line}: {pattern.id}: " for pattern in patterns[:1])
        raise Unavailable(f"{where if len(patterns) == 1 else ''}{problem}") from None


def _find(files: list[Path], patterns: list[Pattern], fixes: Mapping[str, str]) -> Iterator[Hit]:
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        rules = Path(name, "rules.yml")
        rules.write_text("---\n".join(pattern.text for pattern in patterns), "utf-8")
        yield from ast_grep.find(rules, [str(file) for file in files] or [name], fixes)
