"""Plan runs, run what is not known, judge, and tell: what every command and host calls."""

__all__ = ["archive", "plan", "provenance", "runs", "shards", "update", "verify"]
