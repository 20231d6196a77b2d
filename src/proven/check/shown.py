"""What a block has to show in the end: `check(block, result)`, and `check_figure(block, results, file)`."""

from collections.abc import Iterator

from proven.harness import value
from proven.model import Block, Failure, Result, Results

_REMEDIES = {
    value.NO_END: "Mend the block: what it ends in is to be shown.",
    value.NO_EXPRESSION: "End it in the expression whose value is to be shown, or remove `value`.",
    value.NOTHING: "End it in an expression that has a value, which print() has not; or remove `value`.",
    value.NO_FIGURE: "End it in the Figure, or leave one of pyplot open, as plt.subplots() does.",
    value.FIGURES: "End it in the Figure that is to be shown.",
    value.LARGE_TABLE: "Show less of it, as head() does, or fewer columns.",
    value.LARGE_FIGURE: "Draw fewer points, or draw them as pixels: rasterized=True.",
    value.ACTIVE_FIGURE: "Leave them out: a figure is only to be looked at.",
}


def check(block: Block, result: Result) -> Iterator[Failure]:
    """Whether a block that came to its end shows what its fence says."""
    if block.options.shows and result.shown and (problem := result.shown.problem):
        option = "figure=" if block.options.figure else "value"
        yield block.fail(None, f"`{option}` on a block that shows nothing: {problem}", _REMEDIES[problem])


def check_same(block: Block, results: Results) -> Iterator[Failure]:
    """Whether a block shows the same table on all interpreters; its text stands on the page."""
    first, *others = results
    for other in others:
        tables = [result.shown and result.shown.table for result in (results[first], results[other])]
        if tables[0] != tables[1]:
            message = f"the table differs between {first.name} and {other.name}"
            yield block.fail(None, message, "Make the block deterministic, or limit it with python=.")
            return


def check_figure(block: Block, results: Results, file: str | None) -> Iterator[Failure]:
    """Whether the figure beside a page is the one that its block draws.

    Args:
        block: The block.
        results: What it did.
        file: What is in the file that it names; None where there is none.
    """
    drawn = {where: result.shown.figure for where, result in results.items() if result.shown}
    differing = [where.name for where, figure in drawn.items() if figure and figure != file]
    command = f"proven verify --update {block.path}"
    if differing and file is None:
        yield block.fail(None, f"there is no {block.figure}", f"Write it, and look at it: {command}")
    elif differing:
        on = f" on {', '.join(differing)}" if len(differing) < len(drawn) else ""
        remedy = f"Mend the block, or take over what it draws, and look at it: {command}"
        yield block.fail(None, f"the figure that it draws{on} is not that of {block.figure}", remedy)
