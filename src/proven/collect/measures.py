"""Read what a block says of its speed: `parse(text, sizes) -> Measure`."""

import re

from proven.model import Measure, Statement

_GROWTH = re.compile(r"(?P<function>\w+) (?P<relation>constant|linear|quadratic)")
_FASTER = re.compile(r"(?P<function>\w+) (?:(?P<times>\d+(?:\.\d+)?)x )?faster than (?P<other>\w+)")
_ALIKE = re.compile(r"(?P<function>\w+) as fast as (?P<other>\w+)")

EXAMPLE = 'measure="joined 2x faster than added; joined linear" sizes="100 1000 10000"'

FEWEST = 3
"""Sizes from which it can be told how time grows."""


def parse(text: str, sizes: str) -> Measure:
    """Read a block's `measure=` and `sizes=` options.

    Args:
        text: Statements with semicolons between them.
        sizes: Numbers with spaces between them.

    Raises:
        ValueError: One is malformed; the message says how.
    """
    statements = tuple(_statement(" ".join(part.split())) for part in text.split(";"))
    if not re.fullmatch(r"\d+(?: +\d+)*", sizes):
        raise ValueError(f"sizes={sizes!r} are not numbers")
    numbers = tuple(map(int, sizes.split()))
    if list(numbers) != sorted({*numbers} - {0}):
        raise ValueError(f"sizes={sizes!r} do not ascend")
    for said in statements:
        if not said.other and len(numbers) < FEWEST:
            raise ValueError(f"{said.text!r} takes at least {FEWEST} sizes")
    return Measure(statements, numbers)


def _statement(text: str) -> Statement:
    if match := _GROWTH.fullmatch(text):
        return Statement(text, match["function"], match["relation"])  # type: ignore[arg-type]
    if match := _FASTER.fullmatch(text):
        return Statement(text, match["function"], "faster", match["other"], float(match["times"] or 1))
    if match := _ALIKE.fullmatch(text):
        return Statement(text, match["function"], "alike", match["other"])
    raise ValueError(f"{text!r} states nothing that can be measured")
