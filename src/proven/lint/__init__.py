"""Files in, findings out: Ruff, mypy and Pyright, and what they said before."""

__all__ = ["ask", "mypy", "mypy_server", "pyright", "request", "rules", "settings"]
