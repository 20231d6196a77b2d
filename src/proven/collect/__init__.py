"""Pages in, blocks out, with the line of everything that is wrong."""

__all__ = [
    "blocks",
    "console",
    "containers",
    "frontmatter",
    "options",
    "outputs",
    "pages",
    "prose",
    "superfences",
    "trees",
]
