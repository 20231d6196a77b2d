"""Text as Python-Markdown prepares it, before it looks for anything in it."""

import re


def as_rendered(text: str) -> str:
    """A page's text as Python-Markdown prepares it: no tabs or marks of its own, nothing on empty lines."""
    return re.sub(r"(?m)^ +$", "", re.sub("[\x02\x03]", "", text).expandtabs(4))


def as_read(indent: str, line: str) -> str:
    """A line as it is when a page that has it behind an indentation is read."""
    return as_rendered(indent + line).removeprefix(indent)
