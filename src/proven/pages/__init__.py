"""What the build adds to a page's Markdown, and the pages that are made from data."""

__all__ = ["compose", "navigation", "registry"]
