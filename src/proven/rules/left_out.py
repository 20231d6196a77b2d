"""The rules of Ruff that lead to no page, and why: left-out.toml."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from jsonschema import Draft202012Validator

from proven.collect import frontmatter
from proven.lint.rules import RuffRule, ruff_rules
from proven.model import Failure, RulePage
from proven.rules.coverage import by_detector

NAME = "left-out.toml"


def reasons(root: Path) -> dict[str, list[str]]:
    """The codes that are left out, by the reason; none where there is no list, or one that cannot be read."""
    table, failures = _read(root)
    return {} if failures else {entry["reason"]: entry["rules"] for entry in table["left-out"]}


def check(root: Path, pages: Iterable[RulePage]) -> Iterator[Failure]:
    """What list and pages do not agree upon: each stable rule of the families leads to a page or is left out.

    Args:
        root: The project's folder, in which the list may be missing.
        pages: The rules of the site.
    """
    table, failures = _read(root)
    if failures or not table["families"]:
        yield from failures
        return
    lines = (root / NAME).read_text("utf-8").splitlines()
    stable = {rule.code: rule for rule in ruff_rules().values() if rule.stable}
    covering = by_detector(pages).items()
    shown = {detector.code: closest for detector, (closest, *_) in covering if detector.tool == "ruff"}
    listed = Counter(code for entry in table["left-out"] for code in entry["rules"])
    for code, times in listed.items():
        line = next((at for at, text in enumerate(lines, 1) if f'"{code}"' in text), 1)
        for message, remedy in _wrong(code, times, stable, shown):
            yield Failure(NAME, line, f"{code} {message}", remedy)
    pattern = re.compile(f"(?:{'|'.join(table['families'])})\\d+")
    for code, rule in stable.items():
        if pattern.fullmatch(code) and code not in shown and code not in listed:
            remedy = f"Declare {rule.name} as a detector of a page that shows it, or say here why none does."
            yield Failure(NAME, 1, f"{code} neither leads to a page nor is left out", remedy)


def _wrong(
    code: str, times: int, stable: Mapping[str, RuffRule], shown: Mapping[str, RulePage]
) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: message and remedy."""
    if code not in stable:
        yield "is no stable rule of the installed Ruff", "Remove it."
    elif code in shown:
        yield f"leads to {shown[code].path}", "Remove it."
    if times > 1:
        yield "is left out twice", "Keep one reason."


def _read(root: Path) -> tuple[dict[str, list], list[Failure]]:  # type: ignore[type-arg] # checked by schema
    file = root / NAME
    empty: dict[str, list] = {"families": [], "left-out": []}  # type: ignore[type-arg]
    if not file.is_file():
        return empty, []
    try:
        table = tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return empty, [Failure(NAME, 1, f"not TOML: {error}", "Mend it.")]
    failures = [
        Failure(NAME, 1, error.message, str(error.schema.get("description", "")))
        for error in Draft202012Validator(frontmatter.schema("left-out")).iter_errors(table)
        if isinstance(error.schema, dict)
    ]
    return table, failures
