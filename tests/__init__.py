"""Tests of Proven Python, through what its users touch."""
