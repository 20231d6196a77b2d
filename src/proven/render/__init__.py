"""Blocks and their results as HTML and as Markdown."""
