"""A rule page's sections, parts and exceptions: `check(page, tokens) -> failures`.

What stands before a section's first `###` is what readers see at once; each `###` is a part that is
folded. An exception's parts have its code: `### PX017-EX1: ...`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from markdown_it.token import Token

from proven.model import Failure, RulePage, pair

HEADINGS = {
    "Avoid {#avoid}": True,
    "Prefer {#prefer}": True,
    "Why {#why}": True,
    "When not to {#exceptions}": True,
    "Cautions {#cautions}": False,
    "Versions {#versions}": False,
    "Measured {#measured}": False,
}
"""The sections of a rule in their order, and whether each rule has to have it."""

WHY_WORDS = 80

PAIR_LINES = 15
"""The lines of code that the first block under Avoid, and under Prefer, may have; empty ones do not count."""

CONDITIONS = (
    "When", "Where", "If", "While", "Until", "Unless", "Before", "After", "Below", "In", "On", "For", "With",
    "Without", "Inside", "Outside", "At", "Under",
)  # fmt: skip
"""The words that a real exception begins with: the case that it is for."""

_ENTRY = re.compile(r"\*\*(\w+-EX\d+)\*\*\s+(.*)", re.DOTALL)
_PART = re.compile(r"(\w+-EX\d+): \S")


@dataclass(slots=True)
class _Part:
    """A heading, and what stands below it up to the next."""

    tag: str
    title: str
    line: int
    paragraphs: list[str] = field(default_factory=list)
    fences: list[int] = field(default_factory=list)
    """The lines of its blocks."""


def check(page: RulePage, tokens: Sequence[Token]) -> Iterator[Failure]:
    """What is wrong with the structure of a rule page.

    Args:
        page: A page with a code.
        tokens: Its Markdown.
    """
    parts = _parts(tokens)
    sections = [part for part in parts if part.tag != "h3"]
    yield from _title(page, sections)
    yield from _headings(page, sections)
    for part in sections:
        if part.title == "Why {#why}":
            yield from _why(page, part)
        if part.title in ("Avoid {#avoid}", "Prefer {#prefer}"):
            yield from _side(page, part)
    yield from _exceptions(page, parts)
    yield from _pair(page)


def _parts(tokens: Sequence[Token]) -> list[_Part]:
    parts: list[_Part] = []
    for index, token in enumerate(tokens):
        line = token.map[0] + 1 if token.map else 1
        if token.type == "heading_open" and token.tag in ("h1", "h2", "h3"):
            parts.append(_Part(token.tag, tokens[index + 1].content, line))
        elif token.type == "inline" and parts and tokens[index - 1].type != "heading_open":
            parts[-1].paragraphs.append(token.content)
        elif token.type == "fence" and parts:
            parts[-1].fences.append(line)
    return parts


def _title(page: RulePage, sections: list[_Part]) -> Iterator[Failure]:
    first = next((section for section in sections if section.tag == "h1"), None)
    if first is None or first.title != page.title:
        line = first.line if first else 1
        remedy = f"Write: # {page.title}"
        yield Failure(page.path, line, "the heading is not the title of the front matter", remedy)


def _headings(page: RulePage, sections: list[_Part]) -> Iterator[Failure]:
    order = list(HEADINGS)
    remedy = f"The sections of a rule are, in this order: {', '.join(f'## {title}' for title in order)}."
    last = -1
    for section in sections:
        if section.tag == "h1":
            continue
        if section.title not in order:
            yield Failure(page.path, section.line, f"no rule has a section {section.title!r}", remedy)
        elif order.index(section.title) <= last:
            message = f"the section {section.title!r} stands in the wrong place"
            yield Failure(page.path, section.line, message, remedy)
        else:
            last = order.index(section.title)
    for heading in HEADINGS:
        if HEADINGS[heading] and heading not in [section.title for section in sections]:
            yield Failure(page.path, 1, f"there is no section {heading!r}", remedy)


def _why(page: RulePage, part: _Part) -> Iterator[Failure]:
    if (words := len(" ".join(part.paragraphs).split())) > WHY_WORDS:
        remedy = f"Say it in {WHY_WORDS}; what else there is to know stands in a part of its own, under ###."
        yield Failure(page.path, part.line, f"Why has {words} words", remedy)
    for line in part.fences:
        yield Failure(page.path, line, "a block stands in Why itself", "Give it a part: ### What it shows")


def _side(page: RulePage, part: _Part) -> Iterator[Failure]:
    """What is shown at once of Avoid and of Prefer: a paragraph at most, and one block."""
    for line in part.fences[1:]:
        remedy = 'Give it a part, ### What it shows; set-up comes before Avoid, and is continues="setup".'
        yield Failure(page.path, line, f"a second block stands in {part.title.split()[0]} itself", remedy)
    if len(part.paragraphs) != 1:
        remedy = "Write one paragraph: of the harm before the comparison, or of what is done instead."
        message = f"{part.title.split()[0]} has {len(part.paragraphs)} paragraphs before its parts"
        yield Failure(page.path, part.line, message, remedy)


def _exceptions(page: RulePage, parts: list[_Part]) -> Iterator[Failure]:
    section = next((part for part in parts if part.title == "When not to {#exceptions}"), None)
    if section is None:
        return
    entries = {match[1]: match[2] for text in section.paragraphs if (match := _ENTRY.match(text))}
    yield from _numbers(page, section, list(entries))
    shown = {match[1]: part for part in parts if part.tag == "h3" and (match := _PART.match(part.title))}
    for code, text in entries.items():
        if text.split()[0].strip(",") not in CONDITIONS:
            remedy = "Begin with the case that it is for, as in `When ...`, `If ...` or `On ...`."
            yield Failure(page.path, section.line, f"{code} begins with no condition", remedy)
        if not (code in shown and shown[code].fences) and "](" not in text:
            remedy = f"Show it in a part, ### {code}: ..., with a block, or link to a source."
            yield Failure(page.path, section.line, f"{code} is not shown", remedy)
    for code, part in shown.items():
        if code not in entries:
            yield Failure(page.path, part.line, f"there is no exception {code}", "Number it in When not to.")
    for line in section.fences:
        remedy = f"Give it a part, ### {page.code}-EX1: ..., after the list."
        yield Failure(page.path, line, "a block of an exception stands outside a part", remedy)


def _numbers(page: RulePage, section: _Part, codes: list[str]) -> Iterator[Failure]:
    numbers = [int(code.rpartition("EX")[2]) for code in codes if code.startswith(f"{page.code}-EX")]
    if len(numbers) < len(codes) or any(a >= b for a, b in pairwise(numbers)):
        message = f"the exceptions are numbered {', '.join(codes)}"
        remedy = f"Number them {page.code}-EX1 and upwards; the number of one that is gone is not used again."
        yield Failure(page.path, section.line, message, remedy)
    if not codes and "No known exceptions." not in section.paragraphs:
        remedy = f'Name them, as in "1. **{page.code}-EX1** ...", or write "No known exceptions."'
        yield Failure(page.path, section.line, "no exception is named", remedy)


def _pair(page: RulePage) -> Iterator[Failure]:
    """What is wrong with the two blocks that are compared."""
    compared = {block.role: block for block in pair(page.blocks) if not block.options.skip}
    for role, section in (("avoid", "Avoid"), ("prefer", "Prefer")):
        if role not in compared:
            yield Failure(page.path, 1, f"no block under {section}", "Show it with a block that runs.")
            continue
        block = compared[role]
        lines = sum(bool(line.strip()) for line in block.code.split("\n"))
        if lines > PAIR_LINES:
            remedy = f"Write at most {PAIR_LINES}; set-up comes before Avoid, in a hidden block."
            yield block.fail(None, f"the first block under {section} has {lines} lines of code", remedy)
