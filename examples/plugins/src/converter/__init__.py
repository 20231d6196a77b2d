"""Write tables in the formats that plugins add."""

from converter.plugin import Format, FormatError, Row
from converter.registry import Registry

__all__ = ["Format", "FormatError", "Registry", "Row"]
