"""Pure functions that hold results and findings against the page."""
