"""Blocks and their results as HTML and as Markdown."""

__all__ = [
    "block",
    "block_markdown",
    "compare",
    "escape",
    "measured",
    "policy",
    "shown",
    "templates",
    "versions",
]
