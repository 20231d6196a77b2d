"""What a plugin has to be."""

import inspect
from collections.abc import Mapping, Sequence
from typing import Protocol, TypeAlias, runtime_checkable

Row: TypeAlias = Mapping[str, str]
"""The cells of one row of a table, by the names of the columns."""


class FormatError(Exception):
    """A format is not known, or its plugin does not work."""


@runtime_checkable
class Format(Protocol):
    """Writes tables as text."""

    @property
    def name(self) -> str:
        """The name of the entry point, which users type."""
        ...

    def write(self, rows: Sequence[Row]) -> str:
        """Return the text of a table."""
        ...


def check_format(plugin: object, name: str) -> Format:
    """Return what a plugin has made, if it is a format of that name.

    Raises:
        TypeError: It lacks a member, or `write()` cannot take the rows.
        ValueError: It has another name.
    """
    if not isinstance(plugin, Format):
        raise TypeError("a format has a name and a method write()")
    if plugin.name != name:
        raise ValueError(f"the format calls itself {plugin.name!a}")
    if inspect.iscoroutinefunction(plugin.write):
        raise TypeError("write() is a coroutine function")
    inspect.signature(plugin.write).bind([])  # isinstance() has not looked at that
    return plugin


def check_text(text: object) -> str:
    """Return what a format has written.

    Raises:
        TypeError: It is not a text.
    """
    if not isinstance(text, str):
        raise TypeError(f"write() returned {type(text).__name__}, not str")
    return text
