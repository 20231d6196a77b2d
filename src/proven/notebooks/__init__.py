"""Notebooks as pages: those in percent format, and those of Jupyter's with the outputs stored in them."""

from proven.notebooks.jupyter import is_same, outputs, write
from proven.notebooks.notebook import Notebook
from proven.notebooks.reading import read

__all__ = ["Notebook", "is_same", "outputs", "read", "write"]
