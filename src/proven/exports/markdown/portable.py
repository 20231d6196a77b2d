"""Markdown that stands for itself: whole addresses, and nothing that only one renderer understands.

`portable(text, resolve) -> Portable`. A parser says where links are; what is code stays as it is.
"""

import re
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline, autolink, html_inline, image, link
from markdown_it.token import Token

from proven.collect import containers, prose

type Resolve = Callable[[str], str]
"""Gives the whole address for one that is written on a page."""
type _Edits = dict[tuple[int, int], str]
"""What stands in place of parts of a text, by their start and end."""

_attributes = re.compile(r"\{:?[ ]*[^}\n ][^}\n]*\}")
_trailing = re.compile(r"[ ]*\{:?[ ]*[#.][^}\n]*\}\s*$")


@dataclass(frozen=True, slots=True)
class Portable:
    """A page's text with as many lines as before."""

    lines: list[str]
    title: int | None
    """The index of the line with the heading of the first level."""


def portable(text: str, resolve: Resolve) -> Portable:
    """Resolve links, and remove attribute lists such as `{#why}`.

    Args:
        text: Markdown without front matter, as it is rendered.
        resolve: Gives whole addresses.
    """
    edits: dict[str, _Edits] = {}
    tokens = _parser().parse(text, {"edits": edits, "resolve": resolve})
    lines = text.split("\n")
    places = [0] * len(lines)
    for token in tokens:
        start, end = token.map or (0, 0)
        if token.type == "inline":
            for number, (old, new) in enumerate(_changed(token, edits.get(token.content, {})), start):
                at = lines[number].find(old, places[number])
                if at >= 0:
                    lines[number] = lines[number][:at] + new + lines[number][at + len(old) :]
                    places[number] = at + len(new)
        elif token.type in ("html_block", "definition"):
            urls = _addresses(token)
            for number in range(start, end):
                lines[number] = _replaced(lines[number], urls, resolve)
    title = next(
        (heading for heading in tokens if heading.type == "heading_open" and heading.tag == "h1"), None
    )
    return Portable([line.rstrip() for line in lines], title.map[0] if title and title.map else None)


def _changed(token: Token, edits: _Edits) -> Iterator[tuple[str, str]]:
    """The lines of a text as they were and as they are to be."""
    text = token.content
    for (start, end), new in sorted(edits.items(), reverse=True):
        text = text[:start] + new + text[end:]
    return zip(token.content.split("\n"), _trailing.sub("", text).split("\n"), strict=False)


def _addresses(token: Token) -> list[str]:
    if token.type == "definition":
        return [str(token.meta["url"])]
    return prose.addresses_in(token.content)


def _replaced(text: str, urls: list[str], resolve: Resolve) -> str:
    """A text with whole addresses for those that stand in it between quotes, commas or spaces."""
    for url in (url for url in dict.fromkeys(urls) if url and url in text):
        parts = re.split(rf"""(?<![^\s"'=<,]){re.escape(url)}(?![^\s"'>,])""", text)
        text = resolve(url).join(parts)
    return text


@cache
def _parser() -> MarkdownIt:
    """A parser that notes in its `env` what is to be written in place of links."""
    parser = containers.parser(inline_definitions=True)
    rules = {"link": link, "image": image, "autolink": autolink, "html_inline": html_inline}
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _noting(rule))
    return parser


def _noting(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def note(state: StateInline, silent: bool) -> bool:
        start = state.pos
        matched = rule(state, silent)
        if matched and not silent:
            state.env["edits"].setdefault(state.src, {}).update(_edits(state, start, state.env))
        return matched

    return note


def _edits(state: StateInline, start: int, env: MutableMapping[str, Any]) -> _Edits:
    """What to write in place of the link, the picture or the element that ends where the parser is."""
    resolve: Resolve = env["resolve"]
    whole = state.src[start : state.pos]
    if whole.startswith("<"):
        return {(start, state.pos): _replaced(whole, prose.addresses_in(whole), resolve)}
    attributes = _attributes.match(state.src, state.pos)
    edits = {attributes.span(): ""} if attributes else {}
    opening = state.md.helpers.parseLinkLabel(state, start + whole.index("["), whole[0] == "[") + 1
    if state.src[opening : opening + 1] != "(":
        return edits  # by a name, which is defined elsewhere
    opening += 1 + len(whole[opening + 1 - start :]) - len(whole[opening + 1 - start :].lstrip())
    destination = state.md.helpers.parseLinkDestination(state.src, opening, state.pos)
    if destination.ok and destination.pos > opening:
        url = resolve(destination.str)
        edits[opening, destination.pos] = f"<{url}>" if state.src[opening] == "<" else url
    return edits
