"""A built folder in, a site out: search index, exports, links, policy, offline copy."""

__all__ = ["finish", "indexing", "staging"]
