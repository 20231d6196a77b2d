"""A rule page's headings and exceptions: `check(page, tokens) -> failures`."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from proven.collect.prose import sections
from proven.model import Failure, RulePage
from proven.rules.rule import EXCEPTION

HEADINGS = {
    "Avoid {#avoid}": True,
    "Prefer {#prefer}": True,
    "Why {#why}": True,
    "When not to {#exceptions}": True,
    "Versions {#versions}": False,
    "Measured {#measured}": False,
}
"""The sections of a rule in their order, and whether each rule has to have it."""

WHY_WORDS = 120


def check(page: RulePage, tokens: Sequence[Token]) -> Iterator[Failure]:
    """What is wrong with the structure of a rule page.

    Args:
        page: A page with a code.
        tokens: Its Markdown.
    """
    parts = sections(tokens)
    yield from _title(page, parts)
    yield from _headings(page, parts)
    for heading, line, prose in parts:
        if heading == "Why {#why}" and (words := len(prose.split())) > WHY_WORDS:
            yield Failure(page.path, line, f"Why has {words} words", f"Say it in {WHY_WORDS}.")
        if heading == "When not to {#exceptions}":
            yield from _exceptions(page, line, prose)
    yield from _roles(page)


def _title(page: RulePage, sections: list[tuple[str, int, str]]) -> Iterator[Failure]:
    title = f"# {page.title}"
    first = next((section for section in sections if section[0].startswith("# ")), None)
    if first is None or first[0] != title:
        line = first[1] if first else 1
        yield Failure(page.path, line, "the heading is not the title of the front matter", f"Write: {title}")


def _headings(page: RulePage, sections: list[tuple[str, int, str]]) -> Iterator[Failure]:
    order = list(HEADINGS)
    remedy = f"The sections of a rule are, in this order: {', '.join(f'## {title}' for title in order)}."
    last = -1
    for heading, line, _ in sections:
        if heading.startswith("# "):
            continue
        if heading not in order:
            yield Failure(page.path, line, f"no rule has a section {heading!r}", remedy)
        elif order.index(heading) <= last:
            yield Failure(page.path, line, f"the section {heading!r} stands in the wrong place", remedy)
        else:
            last = order.index(heading)
    headings = {heading for heading, _, _ in sections}
    for heading, needed in HEADINGS.items():
        if needed and heading not in headings:
            yield Failure(page.path, 1, f"there is no section {heading!r}", remedy)


def _exceptions(page: RulePage, line: int, prose: str) -> Iterator[Failure]:
    numbered = list(dict.fromkeys(EXCEPTION.findall(prose)))
    wanted = [f"{page.code}-EX{number}" for number in range(1, len(numbered) + 1)]
    if numbered != wanted:
        remedy = f"Write **{', **'.join(f'{label}**' for label in wanted)}, in this order."
        yield Failure(page.path, line, f"the exceptions are numbered {', '.join(numbered)}", remedy)
    if not numbered and "No known exceptions." not in prose:
        remedy = f'Name them, as in "1. **{page.code}-EX1** ...", or write "No known exceptions."'
        yield Failure(page.path, line, "no exception is named", remedy)


def _roles(page: RulePage) -> Iterator[Failure]:
    """The sections Avoid and Prefer that have no block which is shown and run."""
    shown = {block.role for block in page.blocks if not block.options.hidden and not block.options.skip}
    for role, section in (("avoid", "Avoid"), ("prefer", "Prefer")):
        if role not in shown:
            yield Failure(page.path, 1, f"no block under {section}", "Show it with a block that runs.")
