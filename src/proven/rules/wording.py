"""How a rule is worded: its title, and turns of phrase that readers stumbled over."""

import re
from collections.abc import Iterator, Sequence
from importlib.resources import files

from markdown_it.token import Token

from proven.collect.frontmatter import fail
from proven.model import Failure, RulePage

VERBS = frozenset(files("proven").joinpath("rules/verbs.txt").read_text("utf-8").split())
"""The verbs that titles begin with."""

_RIGHT = "longer|more|less|fewer|better|worse|other|need|such|way|reason|place"

_WEEDS = {
    r"simply|obviously|of course": "Leave it out.",
    r"time-outs?": "Write timeout.",
    r"roll-backs?": "Write rollback.",
    r"clean-ups?": "Write cleanup; the verb is clean up.",
    r"(?<!there )(?:is|are|was|were) no "
    rf"(?!(?:{_RIGHT})\b)\w+": 'Write "is not a" or "are not".',
    r"(?:is|are|counts?|counted) (?:as )?(?:true|false) in a condition": "Write truthy or falsy.",
    r"has to be believed": "Say what is shown.",
}
_weeds = [(re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), remedy) for pattern, remedy in _WEEDS.items()]


def check(page: RulePage, tokens: Sequence[Token]) -> Iterator[Failure]:
    """What is wrong with the words of a rule page.

    Args:
        page: A rule.
        tokens: Its Markdown.
    """
    yield from _title(page)
    for key in ("title", "summary"):
        for phrase, remedy in _weeded(getattr(page.front, key)):
            yield fail(page, [key], f"{key} has {phrase!r}", remedy)
    for token in tokens:
        line = token.map[0] + 1 if token.map else 1
        for child in token.children or ():
            if child.type in ("softbreak", "hardbreak"):
                line += 1
            for phrase, remedy in _weeded(child.content) if child.type == "text" else ():
                yield Failure(page.path, line, f"the text has {phrase!r}", remedy)


def _title(page: RulePage) -> Iterator[Failure]:
    first = page.title.split(maxsplit=1)[0]
    if first not in VERBS:
        remedy = "Say what to do, as in `Keep a reference to every task`. The verbs are in rules/verbs.txt."
        yield fail(
            page, ["title"], f"the title begins with {first!r}, not with a verb in the imperative", remedy
        )
    if page.title.endswith((".", "!", "?")):
        yield fail(page, ["title"], "the title ends like a sentence", "Leave out the mark at its end.")


def _weeded(text: str) -> Iterator[tuple[str, str]]:
    for pattern, remedy in _weeds:
        for match in pattern.finditer(text):
            yield match[0], remedy
