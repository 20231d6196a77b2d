"""The value of the expression that a program ends in, as an interactive session shows it."""

import ast
from typing import Any

_NAME = "value of the last expression"
"""Where it is kept: under a name that no program can have."""

_LIMIT = 10_000
"""Characters of it that are shown."""


def kept(source: str, filename: str) -> ast.Module:
    """A program that keeps the value of the expression that it ends in, if it does.

    Raises:
        SyntaxError: It is no program.
    """
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    tree: ast.Module = compile(source, filename, "exec", flags, dont_inherit=True)
    if tree.body and isinstance(last := tree.body[-1], ast.Expr):
        name = ast.copy_location(ast.Name(_NAME, ast.Store()), last)
        tree.body[-1] = ast.copy_location(ast.Assign([name], last.value), last)
    return tree


def shown(namespace: dict[str, Any]) -> str:
    """The text of what was kept; "" where that is nothing, or None."""
    value = namespace.pop(_NAME, None)
    if value is None:
        return ""
    try:
        text = repr(value)
    except Exception as problem:
        return f"<{type(value).__qualname__}, whose repr() raises {type(problem).__qualname__}>"
    return text if len(text) <= _LIMIT else f"{text[:_LIMIT]}\u2026 ({len(text):,} characters)"
