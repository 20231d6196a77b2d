"""The rules of Ruff that lead to no page, and why: left-out.toml."""

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from proven.collect import frontmatter
from proven.lint.rules import RuffRule, ruff_rules
from proven.model import Failure, Failures, RulePage
from proven.rules.coverage import by_detector
from proven.rules.ledger import not_toml
from proven.sandbox.tables import places

NAME = "left-out.toml"


def reasons(root: Path) -> list[tuple[str, list[str]]]:
    """Each reason, and the codes that are left out for it; none where there is no list.

    Raises:
        Failures: The list is malformed.
    """
    return [(entry["reason"], entry["rules"]) for entry in _read(root)["left-out"]]


def check(root: Path, pages: Iterable[RulePage]) -> Iterator[Failure]:
    """What list and pages do not agree upon: each stable rule of the families leads to a page or is left out.

    Args:
        root: The project's folder, in which the list may be missing.
        pages: The rules of the site.
    """
    try:
        table = _read(root)
    except Failures as malformed:
        yield from malformed.failures
        return
    stable = {rule.code: rule for rule in ruff_rules().values() if rule.stable}
    covering = by_detector(pages).items()
    shown = {detector.code: closest for detector, (closest, *_) in covering if detector.tool == "ruff"}
    listed = Counter(code for entry in table["left-out"] for code in entry["rules"])
    for code, times in listed.items():
        for message, remedy in _wrong(code, times, stable, shown):
            yield Failure(NAME, _line(root, f'"{code}"'), f"{code} {message}", remedy)
    families = re.compile(f"(?:{'|'.join(table['families'])})\\d+")
    for code, rule in stable.items():
        if families.fullmatch(code) and code not in shown and code not in listed:
            remedy = f"Declare {rule.name} as a detector of a page that shows it, or say here why none does."
            message = f"{code} neither leads to a page nor is left out"
            yield Failure(NAME, _line(root, "families"), message, remedy)


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


def _line(root: Path, text: str) -> int:
    """The first line of the list that has a text."""
    lines = (root / NAME).read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)


def _read(root: Path) -> dict[str, Any]:
    """The list, as its schema has it."""
    file = root / NAME
    if not file.is_file():
        return {"families": [], "left-out": []}
    text = file.read_text("utf-8")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Failures([not_toml(NAME, error, "Mend it.")]) from None
    if failures := list(_malformed(table, text)):
        raise Failures(failures)
    return table


def _malformed(table: dict[str, Any], text: str) -> Iterator[Failure]:
    """What the schema does not allow, at the line of its key, or of what is around it."""
    lines: dict[tuple[str, ...], int] | None = None
    for error in Draft202012Validator(frontmatter.schema("left-out")).iter_errors(table):
        lines = lines or places(text)
        path = tuple(map(str, error.absolute_path))
        around = [path[:length] for length in range(len(path), 0, -1)]
        line = next((lines[key] for key in around if key in lines), 1)
        rules: object = error.schema
        remedy = str(rules.get("description", "")) if isinstance(rules, dict) else ""
        yield Failure(NAME, line, error.message, remedy)
