"""ast-grep on files: `find(rules, paths) -> hits`."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from proven.scan import command
from proven.scan.hits import Edit, Hit


def executable() -> str:
    """Where ast-grep is.

    Raises:
        Stopped: It is nowhere.
    """
    return command.executable("ast-grep", "ast-grep-cli")


def find(rules: Path, paths: Sequence[str], fixes: Mapping[str, str]) -> Iterator[Hit]:
    """Where rules fire.

    Args:
        rules: A file with rules of ast-grep, one document of YAML each.
        paths: The files to look at.
        fixes: By the rule's id, whether its fix is `safe` or `unsafe`.

    Raises:
        Stopped: ast-grep cannot work, for instance with these rules.
    """
    start = [executable(), "scan", "--rule", str(rules), "--json=stream"]
    for match in command.lines(start, paths):
        yield Hit(
            tool="ast-grep",
            code=match["ruleId"],
            message=match["message"],
            path=match["file"],
            span=_span(match["range"]),
            edits=_edits(match),
            is_safe=fixes.get(match["ruleId"]) == "safe",
        )


def _span(range_: Mapping[str, Any]) -> tuple[int, int, int, int]:
    start, end = range_["start"], range_["end"]
    return start["line"] + 1, start["column"] + 1, end["line"] + 1, end["column"] + 1


def _edits(match: Mapping[str, Any]) -> tuple[Edit, ...]:
    if "replacement" not in match:
        return ()
    given = match["replacementOffsets"]
    if given == match["range"]["byteOffset"]:
        return (Edit(_span(match["range"]), match["replacement"]),)
    content = Path(match["file"]).read_bytes()  # a fix that takes away what is around the match, too
    start, end = (_place(content, given[key]) for key in ("start", "end"))
    return (Edit((*start, *end), match["replacement"]),)


def _place(content: bytes, offset: int) -> tuple[int, int]:
    """Line and column of an offset in bytes."""
    before = content[:offset]
    column = len(before.rpartition(b"\n")[2].decode(errors="replace"))
    return before.count(b"\n") + 1, column + 1
