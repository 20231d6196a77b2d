"""What a page says of its speed, held against what was measured: `check(block, measurement) -> failures`."""

from collections.abc import Iterator
from math import log
from pathlib import Path
from statistics import linear_regression

from proven.model import Block, Failure, Measurement, Run, Statement
from proven.run import measurements

EXPONENTS = {"constant": 0, "linear": 1, "quadratic": 2}
"""How time grows: with which power of the size."""

TOLERANCE = 0.35
"""How far a fitted power may be from the one that is stated."""

ALIKE = 1.25
"""How many times as long a function may take that is as fast as another."""


def check(block: Block, measurement: Measurement | None) -> Iterator[Failure]:
    """What a block states, and what was measured of it does not show."""
    measure = block.options.measure
    if measure is None:
        return
    if measurement is None:
        remedy = f"Measure it, on a machine with nothing else to do: proven measure {block.path}"
        missing = measurements.file_of(Path(), block).as_posix()
        yield block.fail(None, f"this block has not been measured as it stands: no {missing}", remedy)
        return
    for statement in measure.statements:
        for version, run in measurement.runs.items():
            if seen := contradiction(statement, measure.sizes, run):
                problem = f"{statement.text!r} does not follow on CPython {version}: {seen}"
                yield block.fail(None, problem, "Say what does follow.")


def contradiction(statement: Statement, sizes: tuple[int, ...], run: Run) -> str:
    """What was seen on an interpreter where a statement does not follow from it; empty where it does."""
    mine = run[statement.function]
    if statement.relation in EXPONENTS:
        power = growth([(size, mine[size].value) for size in sizes])
        near = abs(power - EXPONENTS[statement.relation]) <= TOLERANCE
        return "" if near else f"time grows with the power {power:.2f} of the size"
    theirs = run[statement.other]
    if statement.relation == "alike":
        ratios = [theirs[size].value / mine[size].value for size in sizes]
        worst = max(ratios, key=lambda ratio: abs(log(ratio)))
        return "" if 1 / ALIKE <= worst <= ALIKE else f"it is {worst:.2f} times as fast"
    last = sizes[-1]
    slowest, fastest = mine[last].value + mine[last].spread, theirs[last].value - theirs[last].spread
    if fastest / slowest > 1 and fastest / slowest >= statement.times:
        return ""
    ratio = theirs[last].value / mine[last].value
    return f"it is {ratio:.2f} times as fast at {last:,}, spread included {fastest / slowest:.2f}"


def growth(points: list[tuple[int, float]]) -> float:
    """The power of the size that time grows with, by least squares on logarithms."""
    sizes, times = zip(*points, strict=True)
    return linear_regression([*map(log, sizes)], [*map(log, times)]).slope
