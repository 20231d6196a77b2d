"""Files in, findings out: Ruff, mypy and Pyright, and what they said before."""
