"""The build-time part of Proven Python: collect, verify, render."""
