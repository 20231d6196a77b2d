"""What plugins and the registry share."""

from collections.abc import Mapping
from typing import TypeAlias

Row: TypeAlias = Mapping[str, str]


class FormatError(Exception):
    """A format is not known."""
