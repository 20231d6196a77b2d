"""Pure functions that hold results and findings against the page."""

__all__ = ["data", "lint", "marks", "measures", "outputs", "patterns", "results", "shown", "waivers"]
