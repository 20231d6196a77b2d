"""Markdown as Python-Markdown reads it: `as_rendered(text)`, then `parser()`, which knows its containers.

An admonition, a collapsible block, a content tab, a footnote and a definition
are alike in this: a line that opens it, then whatever is indented by four. The
plugins of mdit-py-plugins know some of them, but end an admonition at two empty
lines, which blocks of Python have between functions.
"""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

INDENT = 4

_OPENING = re.compile(
    r"""
    (!!!|\?\?\?\+?)[ ]?[\w"]         # admonitions, and those of pymdownx.details
    | ===(\+|!|\+!|!\+)?[ ]+["']     # pymdownx.tabbed
    | \[\^[^\]]+\]:                  # footnotes
    | :[ ]{1,3}\S                    # definitions
    """,
    re.VERBOSE,
)


def as_rendered(text: str) -> str:
    """A page's text as Python-Markdown prepares it: no tabs or marks of its own, nothing on empty lines."""
    return re.sub(r"(?m)^ +$", "", re.sub("[\x02\x03]", "", text).expandtabs(4))


def as_read(indent: str, line: str) -> str:
    """A line as it is when a page that has it behind an indentation is read."""
    return as_rendered(indent + line).removeprefix(indent)


def parser(**options: Any) -> MarkdownIt:
    """The parser that all stages read pages with, so that what one sees no other overlooks."""
    return MarkdownIt("commonmark", options).use(containers_plugin).enable("table")


def containers_plugin(md: MarkdownIt) -> None:
    """Teach a parser the containers."""
    may_interrupt = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("fence", "container", _container, {"alt": may_interrupt})


def _container(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A block rule of markdown-it: whether a container starts here; if so, its content is parsed."""
    opening = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    if state.is_code_block(start) or not _OPENING.match(opening):
        return False
    if silent:
        return True
    inside = state.sCount[start] + INDENT
    stop = start + 1
    for line in range(start + 1, end):
        if state.isEmpty(line):
            continue
        if state.sCount[line] < inside:
            break
        stop = line + 1
    before = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "container", stop, inside
    state.push("container_open", "div", 1).map = [start, stop]
    title = state.push("inline", "", 0)  # of an admonition, or where a footnote begins
    title.content, title.map, title.children = opening, [start, start + 1], []
    state.md.block.tokenize(state, start + 1, stop)
    state.push("container_close", "div", -1)
    state.parentType, state.lineMax, state.blkIndent = before
    state.line = stop
    return True
