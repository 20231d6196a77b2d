"""What the browser loads: compiled, collected, and named by content."""

__all__ = ["ensure", "scripts"]
