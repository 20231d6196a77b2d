"""MkDocs and pytest as hosts; nothing else imports them."""

__all__ = ["mkdocs", "pytest"]
