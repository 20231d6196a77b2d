"""What a rule is searched by besides its text: `names(page)`."""

from typing import TypedDict

from proven.model import RulePage, short
from proven.rules.rule import exemptions, found_by


class Names(TypedDict):
    """What a rule is called, by its readers and by tools."""

    code: str
    """Its code, also as people write it, and those of its exceptions: `PX017 PX17 PX017-EX1`."""
    short: str
    summary: str
    keywords: list[str]
    tools: str
    """Codes and names of what tools find of it."""


def names(page: RulePage) -> Names:
    """What a rule is called.

    Args:
        page: The rule.
    """
    codes = [page.front.code, short(page.front.code), *(each.code for each in exemptions(page))]
    detectors = [
        word
        for each in found_by(page)
        if each.tool != "ast-grep"  # its ids are words that others search for something else
        for word in dict.fromkeys((each.code, each.name))
    ]
    return Names(
        code=" ".join(codes),
        short=page.front.short,
        summary=page.front.summary,
        keywords=list(page.front.keywords),
        tools=" ".join(detectors),
    )
