"""`#>` comments: what a block's prints must be, in pytest-examples' conventions.

pytest-examples records prints in its own process and looks their places up in
its own syntax tree. Here both come from the interpreter that ran the block;
pytest-examples writes what follows from them, so that its users feel at home.
"""

import ast
import re
from itertools import groupby, pairwise
from pathlib import Path

from pytest_examples.config import ExamplesConfig
from pytest_examples.run_code import Arg, InsertPrintStatements, PrintStatement

from proven.model import LINE_LENGTH, Print

_comment = re.compile(r"^\s*#>( |$)")


class _Writer(InsertPrintStatements):
    """The part of pytest-examples that writes an output under its statement."""

    def __init__(self) -> None:
        super().__init__(Path(), ExamplesConfig(line_length=LINE_LENGTH), False, None, None)

    def write(self, lines: list[str], output: Print) -> None:
        """Insert `output` into `lines`."""
        statement = PrintStatement(output.line, "", [Arg(output.text)])
        self._insert_print_args(lines, statement, False, output.line - 1, output.indent)
        lines[output.line] = lines[output.line].rstrip()


def split(source: str) -> tuple[str, tuple[int, ...]]:
    """Take the outputs out of a block.

    Args:
        source: The block as it stands on the page.

    Returns:
        The code that is run and shown, and for each of its lines the number
        that it has in `source`, counted from 1.
    """
    quoted = _quoted_outputs(source)
    kept = [
        (number, line)
        for number, line in enumerate(_lines(source), 1)
        if number not in quoted and not _comment.match(line)
    ]
    return "".join(f"{line}\n" for _, line in kept), tuple(number for number, _ in kept)


def join(code: str, prints: tuple[Print, ...]) -> str:
    """Put outputs into code: what the page has to say.

    Args:
        code: The code, as `split()` gives it.
        prints: What it printed, in order.

    Returns:
        The block; the outputs of one statement stand under it, in the order printed.
    """
    lines = _lines(code)
    writer = _Writer()
    by_line = sorted(prints, key=lambda output: output.line)
    for _, outputs in reversed(
        [(line, list(group)) for line, group in groupby(by_line, key=lambda one: one.line)]
    ):
        for output in reversed(outputs):
            writer.write(lines, output)
    return "".join(f"{line}\n" for line in lines)


def _lines(text: str) -> list[str]:
    """The lines of a block as Python and Markdown count them: a form feed or U+2028 ends none."""
    return text.split("\n")[: text.count("\n")]


def _quoted_outputs(source: str) -> set[int]:
    """Lines of the strings that follow a print and hold its long or multi-line output."""
    try:
        tree = ast.parse(source)
    except (
        SyntaxError,
        ValueError,
        RecursionError,
        MemoryError,
    ):  # the block is there to show one, or is for a later Python
        return set()
    found: set[int] = set()
    for node in ast.walk(tree):
        body = [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]
        for first, second in pairwise(body):
            if _is_print(first) and isinstance(second, ast.Expr) and isinstance(second.value, ast.Constant):
                found.update(range(second.lineno, (second.end_lineno or second.lineno) + 1))
    return found


def _is_print(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    function = statement.value.func
    return isinstance(function, ast.Name) and function.id == "print"
