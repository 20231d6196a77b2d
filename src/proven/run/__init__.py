"""Blocks in, results out: child processes, a pool of them, and the results on disk."""

__all__ = ["cache", "figures", "measurements", "measuring", "pool", "process"]
