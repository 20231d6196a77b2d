"""How functions of a block compare: what a page states of them, and what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

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


@dataclass(frozen=True, slots=True)
class Measure:
    """What is to be measured of a block: its functions take what its `prepare(size)` gives."""

    statements: tuple[Statement, ...]
    sizes: tuple[int, ...]
    """Ascending."""

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
