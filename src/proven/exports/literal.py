"""Text as Markdown that shows it as it is, as CommonMark has it."""

import re
from functools import cache

from markdown_it import MarkdownIt


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
