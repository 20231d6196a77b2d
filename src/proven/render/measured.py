"""What was measured of a block as HTML: `measured_html(measure, measurement)`, a plot and a table."""

import json
from dataclasses import dataclass
from itertools import cycle
from math import ceil, floor, log10

from proven.model import Measure, Measurement, Ratio, Run
from proven.render.templates import templates

WIDTH, HEIGHT = 520, 260
LEFT, RIGHT, TOP, BOTTOM = 70, 420, 14, 220
"""The edges of what is plotted within that."""

DASHES = ("", "7 4", "2 4", "10 3 2 3")
"""Lines are told apart without colours."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at an axis."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """What a function took, as a line of the plot."""

    name: str
    dash: str
    points: tuple[tuple[float, float, float, float], ...]
    """For each size its place, that of its time, and those of the ends of the spread."""

    @property
    def path(self) -> str:
        """The points as `polyline` takes them."""
        return " ".join(f"{x},{y}" for x, y, _, _ in self.points)


@dataclass(frozen=True, slots=True)
class Plot:
    """A plot on logarithmic axes."""

    title: str
    lines: tuple[Line, ...]
    sizes: tuple[Tick, ...]
    times: tuple[Tick, ...]
    low: int
    high: int
    """The powers of ten at the ends of the axis of times."""


def measured_html(measure: Measure, measurement: Measurement, number: int) -> str:
    """The HTML of a measurement.

    Args:
        measure: What is stated.
        measurement: What was measured.
        number: The block's, for names in the page.

    Returns:
        A table; and a plot above it, where there is more than one size.
    """
    version, run = list(measurement.runs.items())[-1]
    plot = _plot(measure, version, run) if len(measure.sizes) > 1 else None
    edges = {"left": LEFT, "right": RIGHT, "top": TOP, "bottom": BOTTOM}
    drawn = plot and {"low": plot.low, "high": plot.high, **edges}
    told = {"functions": measure.functions, "sizes": measure.sizes, "plot": drawn}
    return (
        templates()
        .get_template("measured.html.jinja")
        .render(
            {"measure": measure, "measured": measurement, "plot": plot, "number": number},
            told=json.dumps(told),
            cell=_cell,
            shown=_shown,
            frame={"width": WIDTH, "height": HEIGHT, **edges},
        )
    )


def _plot(measure: Measure, version: str, run: Run) -> Plot:
    """What an interpreter took, by size."""
    values = [run[name][size].value for name in measure.functions for size in measure.sizes]
    low = floor(log10(min(values)))
    high = max(ceil(log10(max(values))), low + 1)
    first, last = log10(measure.sizes[0]), log10(measure.sizes[-1])

    def across(size: float) -> float:
        return round(LEFT + (log10(size) - first) / (last - first) * (RIGHT - LEFT), 1)

    def up(value: float) -> float:
        share = (log10(max(value, 10**low)) - low) / (high - low)
        return round(BOTTOM - share * (BOTTOM - TOP), 1)

    def line(name: str, dash: str) -> Line:
        seen = [(size, run[name][size].value, run[name][size].spread) for size in measure.sizes]
        return Line(
            name,
            dash,
            tuple((across(size), up(at), up(at - spread), up(at + spread)) for size, at, spread in seen),
        )

    said = "; ".join(_said(name, measure, run) for name in measure.functions)
    powers = range(low, high + 1, max(1, (high - low) // 4))
    return Plot(
        f"Time by size on CPython {version}: {said}",
        tuple(map(line, measure.functions, cycle(DASHES))),
        tuple(Tick(across(size), f"{size:,}") for size in measure.sizes),
        tuple(Tick(up(10.0**power), f"{10.0**power:,.{max(0, -power)}f}") for power in powers),
        *(low, high),
    )


def _said(name: str, measure: Measure, run: Run) -> str:
    first, last = measure.sizes[0], measure.sizes[-1]
    return f"{name} from {_shown(run[name][first].value)} to {_shown(run[name][last].value)}"


def _cell(seen: Ratio) -> str:
    return f"{_shown(seen.value)} ± {max(1, ceil(seen.spread / seen.value * 100))}%"


def _shown(value: float) -> str:
    """A ratio with three digits, and without an exponent."""
    digits = max(0, 2 - floor(log10(value))) if value else 0
    return f"{value:,.{digits}f}"
