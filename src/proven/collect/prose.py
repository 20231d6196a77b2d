"""Where a page's Markdown links to: `find(parse(text))`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:  # links of a built site are followed without it
    from markdown_it import MarkdownIt
    from markdown_it.token import Token


SELECTOR = "[href],[src],[srcset],[poster],object[data]"
"""The elements of HTML that hold addresses."""

_unread = re.compile(r"\]\(([^)\n]*)")


class Destination(NamedTuple):
    """Where one link or picture of a page points to."""

    line: int
    url: str
    read: bool = True
    """False for what looks like a link and is shown as text."""


@lru_cache(4096)
def parse(text: str) -> list[Token]:
    """The tokens of a page's Markdown; front matter gives none."""
    from proven.collect import frontmatter

    skipped = frontmatter.length(text)
    return _parser().parse("\n" * skipped + "\n".join(text.split("\n")[skipped:]))


@cache
def _parser() -> MarkdownIt:
    from proven.collect.containers import parser

    return parser()


def find(tokens: Sequence[Token]) -> Iterator[Destination]:
    """The destinations of links and pictures, with the lines that they are written on."""
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        if token.type == "html_block":
            yield from _in_html(line, token.content)
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            elif child.type == "html_inline":
                yield from _in_html(line, child.content)
            elif child.type == "text":
                yield from (Destination(line, url, read=False) for url in _unread.findall(child.content))
            elif url := child.attrs.get("href") or child.attrs.get("src"):
                yield Destination(line, str(url))


def _in_html(line: int, html: str) -> Iterator[Destination]:
    for url in addresses_in(html):
        yield Destination(line + html[: html.find(url)].count("\n"), url)


def addresses_in(html: str | bytes) -> list[str]:
    """The addresses that the elements of HTML lead to or show, in order."""
    return [url for node in LexborHTMLParser(html).css(SELECTOR) for url in addresses(node)]


def addresses(node: LexborNode) -> list[str]:
    """The addresses that an element's attributes hold."""
    attributes = {name: value or "" for name, value in node.attributes.items()}
    urls = [attributes[name] for name in ("href", "src", "poster", "data") if name in attributes]
    return urls + [part.split()[0] for part in attributes.get("srcset", "").split(",") if part.strip()]


def sections(tokens: Sequence[Token]) -> list[tuple[str, int, str]]:
    """Each heading of the first two levels, with its line and the prose below it."""
    headings: list[tuple[str, int, str]] = []
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h1", "h2") and token.map:
            marks = "# " if token.tag == "h1" else ""
            headings.append((marks + tokens[index + 1].content, token.map[0] + 1, ""))
        elif token.type == "inline" and headings and tokens[index - 1].type != "heading_open":
            heading, line, prose = headings[-1]
            headings[-1] = (heading, line, f"{prose} {token.content}")
    return headings
