"""How functions of a block compare: what a page states of them, and what was measured."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Self

MEASURE_EXAMPLE = 'measure="joined 2x faster than added; joined linear" sizes="100 1000 10000"'
_GROWTH = re.compile(r"(?P<function>\w+) (?P<relation>constant|linear|quadratic)")
_FASTER = re.compile(r"(?P<function>\w+) (?:(?P<times>\d+(?:\.\d+)?)x )?faster than (?P<other>\w+)")
_ALIKE = re.compile(r"(?P<function>\w+) as fast as (?P<other>\w+)")

_FEWEST = 3
"""Sizes from which it can be told how time grows."""

type Relation = Literal["faster", "alike", "constant", "linear", "quadratic"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a page says of a function: `joined 2x faster than added`, `joined linear`."""

    text: str
    function: str
    relation: Relation
    other: str = ""
    times: float = 1.0
    """How many times as fast as the other it is at least."""


def _statement(text: str) -> Statement:
    if match := _GROWTH.fullmatch(text):
        return Statement(text, match["function"], match["relation"])  # type: ignore[arg-type]
    if match := _FASTER.fullmatch(text):
        return Statement(text, match["function"], "faster", match["other"], float(match["times"] or 1))
    if match := _ALIKE.fullmatch(text):
        return Statement(text, match["function"], "alike", match["other"])
    raise ValueError(f"{text!r} states nothing that can be measured")


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be measured of a block: its functions take what its `prepare(size)` gives."""

    statements: tuple[Statement, ...]
    sizes: tuple[int, ...]
    """Ascending."""

    @classmethod
    def parse(cls, text: str, sizes: str) -> Self:
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
            if not said.other and len(numbers) < _FEWEST:
                raise ValueError(f"{said.text!r} takes at least {_FEWEST} sizes")
        return cls(statements, numbers)

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions that are named, each once; the first, at the smallest size, is the unit."""
        named = (name for said in self.statements for name in (said.function, said.other) if name)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Ratio:
    """The median of a time, in terms of that of the first function at the smallest size."""

    value: float
    spread: float
    """The median of how far single times are from it, in the same terms."""


type Run = Mapping[str, Mapping[int, Ratio]]
"""What one interpreter took, by function and size."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What was measured of a block, as it stands, at one time."""

    day: str
    """The day: `2026-11-29`."""
    machine: str
    """Its kind: `x86_64, 2 cores, Linux`."""
    tool: str
    """What measured: `pyperf 2.9.0`."""
    runs: Mapping[str, Run]
    """By version of CPython, oldest first."""
