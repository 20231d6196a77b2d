"""`#>` comments: what a block's prints must be, in pytest-examples' conventions.

pytest-examples records prints in its own process and looks their places up in its own
syntax tree. Here both come from the interpreter that ran the block.
"""

import ast
import re
import textwrap
import warnings
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from proven.model import LINE_LENGTH, Print

BLANKS = " \t\r"
"""What does not count at the end of a line; a no-break space or a form feed is output like any other."""

_comment = re.compile(r"^\s*#>( |$)")


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
    return interleave(code, wanted(code, prints))


def interleave(code: str, notes: list[list[str]]) -> str:
    """Code with the notes below each of its lines; the first are those above all code."""
    above, *below = notes
    pairs = zip(_lines(code), below, strict=True)
    return "".join(
        f"{line}\n" for line in [*above, *(each for line, note in pairs for each in [line, *note])]
    )


def wanted(code: str, prints: tuple[Print, ...]) -> list[list[str]]:
    """The lines that have to stand below each line of code, and above all of it."""
    notes: list[list[str]] = [[] for _ in range(code.count("\n") + 1)]
    ends = _ends_of_prints(code)
    for output in prints:
        notes[output.line] += _as_lines(output, output.line in ends)
    return notes


def noted(source: str, numbers: tuple[int, ...]) -> list[list[str]]:
    """The lines that do stand below each line of code, and above all of it.

    Args:
        source: The block as it stands on the page.
        numbers: The lines of code in it, as `split()` gives them.
    """
    lines = _lines(source)
    return [lines[start : end - 1] for start, end in pairwise((0, *numbers, len(lines) + 1))]


def _lines(text: str) -> list[str]:
    """The lines of a block as Python and Markdown count them: a form feed or U+2028 ends none."""
    return text.split("\n")[: text.count("\n")]


def _as_lines(output: Print, after_print: bool) -> list[str]:
    """An output as it stands on the page: a comment, or after a print() a string where it is long."""
    indent, width = " " * output.indent, LINE_LENGTH - output.indent
    short = "\n" not in output.text and len(f"#> {output.text}") < width
    text = re.sub(r" +$", "", output.text.strip("\n"), flags=re.MULTILINE)
    if short or not after_print or not _is_string(f'"""\n{text}\n"""'):
        lines = output.text.removesuffix("\n").split("\n")
        return [f"{indent}#> {line}".rstrip(BLANKS) for line in lines]
    return textwrap.indent(f'"""\n{text}\n"""', indent).split("\n")


def _is_string(text: str) -> bool:
    """Whether Python reads a text as one string: quotes or an escape in it may not let it."""
    match _parse(text).body:
        case [ast.Expr(ast.Constant(str()))]:
            return True
    return False


def _quoted_outputs(source: str) -> set[int]:
    """Lines of the strings that follow a print and hold its long or multi-line outputs."""
    lines: set[int] = set()
    for before, after in _neighbours(source):
        if _is_print(before) or before.lineno in lines:
            match after:
                case ast.Expr(ast.Constant()):
                    lines.update(range(after.lineno, (after.end_lineno or after.lineno) + 1))
    return lines


@cache  # for each interpreter's result
def _ends_of_prints(code: str) -> frozenset[int]:
    """The last line of each statement that is a print(): none where the code cannot be read."""
    return frozenset(node.end_lineno or node.lineno for node in _statements(code) if _is_print(node))


def _neighbours(source: str) -> Iterator[tuple[ast.stmt, ast.stmt]]:
    """The statements of a block that follow one another directly."""
    for node in ast.walk(_parse(source)):
        yield from pairwise(child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt))


def _statements(code: str) -> list[ast.stmt]:
    return [node for node in ast.walk(_parse(code)) if isinstance(node, ast.stmt)]


def _parse(source: str) -> ast.Module:
    """A block's tree; empty where it is there to show a syntax error, or is for a later Python."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a block may show what Python warns of
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ast.Module([], [])


def _is_print(statement: ast.stmt) -> bool:
    if not isinstance(statement, ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    function = statement.value.func
    return isinstance(function, ast.Name) and function.id == "print"
