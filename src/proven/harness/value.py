"""What a program shows in the end: the value of its last expression, text and table, or a figure."""

import ast
import io
import json
import os
import sys
from collections.abc import Callable
from typing import Any

_NAME = "value of the last expression"
"""Where it is kept: under a name that no program can have."""

TEXT_LIMIT = 10_000
"""Characters of a value that are shown."""

CELL_LIMIT = 2_000
"""Cells that a table may have."""

TABLE_LIMIT = 50_000
"""Characters that all of them may have."""

HTML_LIMIT = 1_000_000
"""Characters of what tells a table."""

FIGURE_LIMIT = 500_000
"""Bytes that a figure may have."""

NO_END = "it exits before its end"
NO_EXPRESSION = "it does not end in an expression"
NOTHING = "it ends in an expression whose value is None"
NO_FIGURE = "it ends in no figure of Matplotlib, and leaves none of pyplot open"
FIGURES = "it leaves several figures of pyplot open"
LARGE_TABLE = f"its table has more than {CELL_LIMIT:,} cells, or {TABLE_LIMIT:,} characters"
LARGE_FIGURE = f"its figure has more than {FIGURE_LIMIT:,} bytes"
ACTIVE_FIGURE = "its figure has links or scripts, or takes something from elsewhere"

PROBLEMS = (NO_END, NO_EXPRESSION, NOTHING, NO_FIGURE, FIGURES, LARGE_TABLE, LARGE_FIGURE, ACTIVE_FIGURE)
"""Why a program shows nothing in the end."""

Show = Callable[[str], object]
"""Takes the value of an expression, as text."""


class Ending:
    """What a program is to show in the end, and what it has shown.

    Args:
        shows: What it has to: "value", "figure", or "".
        show: Takes the text of the value of the expression that it ends in, if that is no figure.
    """

    def __init__(self, shows: str, show: Show | None) -> None:
        self.shows = shows
        self.show = show
        self.line: int | None = None
        self.report: dict[str, Any] | None = _report(NO_END) if shows else None

    def kept(self, source: str, filename: str) -> ast.Module:
        """The program, which keeps the value of the expression that it ends in, if it does.

        Raises:
            SyntaxError: It is no program.
        """
        flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
        tree: ast.Module = compile(source, filename, "exec", flags, dont_inherit=True)
        if tree.body and isinstance(last := tree.body[-1], ast.Expr):
            self.line = last.lineno
            name = ast.copy_location(ast.Name(_NAME, ast.Store()), last)
            tree.body[-1] = ast.copy_location(ast.Assign([name], last.value), last)
        return tree

    def look(self, namespace: dict[str, Any]) -> None:
        """Show what the program has come to."""
        value = namespace.pop(_NAME, None)
        if self.shows == "figure":
            self.report = _figure(value)
        elif self.shows == "value":
            self.report = _value(value, self.line is not None)
        if self.show and value is not None and not (self.report and self.report["figure"]):
            self.show((self.report and self.report["value"]) or _text(value))

    @property
    def prints(self) -> list[dict[str, Any]]:
        """The value as what its line has printed, where it has to be shown."""
        if self.shows != "value" or not self.report or self.report["problem"]:
            return []
        return [{"line": self.line, "text": self.report["value"]}]


def _report(
    problem: str = "", value: str = "", table: list[Any] | None = None, figure: str = ""
) -> dict[str, Any]:
    shown = {"problem": problem, "value": value, "table": table or [], "figure": figure}
    return {**shown, "digest": digest(shown["table"], figure)}


def digest(table: Any, figure: str) -> str:
    """What two tables have in common that have the same cells, and two figures of the same text."""
    import hashlib  # seldom needed

    return hashlib.sha256(json.dumps([table, figure]).encode()).hexdigest() if table or figure else ""


def _value(value: object, is_expression: bool) -> dict[str, Any]:
    if value is None:
        return _report(NOTHING if is_expression else NO_EXPRESSION)
    cells = _table(value)
    if cells is None or sum(map(len, cells)) > CELL_LIMIT:
        return _report(LARGE_TABLE)
    if sum(len(cell[0]) for row in cells for cell in row) > TABLE_LIMIT:
        return _report(LARGE_TABLE)
    return _report(value=_text(value), table=cells)


def _text(value: object) -> str:
    """A value as an interactive session shows it."""
    try:
        text = repr(value)
    except Exception as problem:
        return f"<{type(value).__qualname__}, whose repr() raises {type(problem).__qualname__}>"
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT]}\u2026 ({len(text):,} characters)"


def _table(value: object) -> list[list[list[Any]]] | None:
    """The cells of the table that Jupyter would show of a value; None where that is too large to be read.

    Each has its text, what it heads if anything, as HTML calls that, and how many columns and rows it spans.
    """
    try:
        html = value._repr_html_()  # type: ignore[attr-defined]
    except Exception:
        return []
    if not isinstance(html, str) or "<table" not in html:
        return []
    if len(html) > HTML_LIMIT:
        return None
    from html.parser import HTMLParser  # seldom needed

    reader = type("Reader", (_Cells, HTMLParser), {})()
    reader.feed(html)
    reader.close()
    return _scoped([row for row in reader.rows if row])


def _scoped(rows: list[list[list[Any]]]) -> list[list[list[Any]]]:
    """Rows whose headings say what they head: columns in the rows that have nothing else, else their row."""
    above = True
    scoped: list[list[list[Any]]] = []
    for row in rows:
        above = above and all(heads for _, heads, _, _ in row)
        scoped.append([])
        for text, heads, columns, below in row:
            word, span = ("col", columns) if above else ("row", below)
            scope = (word if span == 1 else f"{word}group") if heads and text.strip() else ""
            scoped[-1].append([text.strip(), scope, columns, below])
    return scoped


class _Cells:
    """What a parser of HTML is to do with the first table that it meets: take the text of each cell."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[list[list[Any]]] = []
        self.depth = 0
        self.heads = self.ended = False
        self.cell: list[Any] | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell."""
        self.depth += tag == "table"
        if self.depth != 1 or self.ended:
            return
        if tag in ("thead", "tbody", "tfoot"):
            self.heads = tag == "thead"
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            given = dict(attributes)
            spans = (_span(given.get(name)) for name in ("colspan", "rowspan"))
            self.cell = ["", tag == "th" or self.heads, *spans]
            self.rows = self.rows or [[]]
            self.rows[-1].append(self.cell)
        elif tag == "br":
            self.handle_data("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a table, or a cell."""
        if tag in ("td", "th", "tr", "table") and self.depth == 1:
            self.cell = None
        if tag == "thead":
            self.heads = False
        if tag == "table" and self.depth:
            self.depth -= 1
            self.ended = self.ended or not self.depth

    def handle_data(self, data: str) -> None:
        """Take text, that of a table within the cell too."""
        if self.cell is not None:
            self.cell[0] += data


def _span(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and 0 < int(text[:5]) <= 1_000 else 1


def _figure(value: object) -> dict[str, Any]:
    """The figure that a program ends in, or else the one that pyplot has open, as SVG."""
    drawing, pyplot = (sys.modules.get(f"matplotlib.{name}") for name in ("figure", "pyplot"))
    figures: list[Any] = [value] if drawing and isinstance(value, drawing.Figure) else []
    if not figures and pyplot:
        figures = [pyplot.figure(number) for number in pyplot.get_fignums()]
    if len(figures) != 1:
        return _report(FIGURES if figures else NO_FIGURE)
    svg = _drawn(figures[0])
    close_figures()
    return _report(LARGE_FIGURE) if len(svg.encode()) > FIGURE_LIMIT else _report(figure=svg)


def _drawn(figure: Any) -> str:
    """A figure as SVG, which is the same each time that it is drawn."""
    file = io.StringIO()
    with sys.modules["matplotlib"].rc_context({"svg.hashsalt": "proven"}):
        figure.savefig(file, format="svg", metadata={"Date": None, "Creator": None})
    return file.getvalue()


def prepare(sources: list[dict[str, str]]) -> None:
    """Have Matplotlib draw without a window, if sources need it."""
    if any("matplotlib" in source["source"] or source.get("shows") == "figure" for source in sources):
        os.environ["MPLBACKEND"] = "agg"
        if matplotlib := sys.modules.get("matplotlib"):
            matplotlib.rcParams["backend"] = "agg"  # imported before, it does not look there again


def close_figures() -> None:
    """Close what pyplot has open."""
    if pyplot := sys.modules.get("matplotlib.pyplot"):
        pyplot.close("all")
