"""Write tables in the formats that plugins add."""

from converter import formats
from converter.plugin import FormatError, Row
from converter.registry import Registry, register

__all__ = ["FormatError", "Registry", "Row", "formats", "register"]
