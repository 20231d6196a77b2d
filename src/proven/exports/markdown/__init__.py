"""Pages as Markdown that needs no site around it."""

__all__ = ["pages"]
