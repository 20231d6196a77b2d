"""Text as Markdown and reStructuredText that show it as it is."""

import re
from functools import cache
from html import escape

from markdown_it import MarkdownIt


def plain(text: str) -> str:
    """Text as Markdown that shows it as it is: `except*`, `__slots__`, `list[int]`, `a < b`."""
    escaped = re.sub(r"([\\`*_\[\]])", r"\\\1", text)
    return escape(escaped, quote=False)  # Python-Markdown takes no backslash before < and &


def markdown(text: str) -> str:
    """Text as Markdown that shows it as it is, on code hosts too: `__slots__`, `except*`, `list[int]`.

    A decorator's name is made code: a backslash would not keep hosts from calling the user of that name.
    """
    parts = re.split(r"(?<!\w)(@[\w.]*\w)", text)
    parts[::2] = [_escaped(part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return re.sub(r"^(?=[-+=])", r"\\", "".join(parts))


def _escaped(text: str) -> str:
    """Text with Markdown's characters escaped, but for an underscore within a word, which means nothing."""
    return re.sub(r"[\\`*\[\]<>&~|#]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)


def rest(text: str) -> str:
    """Text as it stands between the backquote and the address of a link in reStructuredText."""
    return re.sub(r"[\\`<>]", r"\\\g<0>", text)


def literal(text: str) -> str:
    """Text within a line or a link: `list[int]` stays as it is, `__slots__` does not."""
    tokens = _parser().parseInline(f"[{text}](x)")[0].children or []
    shown = [(token.type, token.content) for token in tokens]
    if shown == [("link_open", ""), ("text", text), ("link_close", "")]:
        return text
    return re.sub(r"([\\`*_\[\]<>&])", r"\\\1", text)


def code(text: str) -> str:
    """Text as code within a line."""
    marks = "`" * _longer(text, 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{space}{text}{space}{marks}"


def fenced(text: str) -> str:
    """Text in a fence that it cannot close."""
    marks = "`" * _longer(text, 3)
    return f"{marks}text\n{text.rstrip()}\n{marks}"


def _longer(text: str, least: int) -> int:
    """How many backticks are more than any that stand together in a text."""
    return max([least, *(len(run) + 1 for run in re.findall("`+", text))])


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark")
