"""Pure functions that hold results and findings against the page."""

__all__ = ["data", "lint", "marks", "measures", "patterns", "results", "shown", "waivers"]
