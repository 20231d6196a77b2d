"""Keeps bookmarks, and counts how often each one is visited."""
