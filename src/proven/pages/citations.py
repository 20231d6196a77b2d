"""What a reader copies to cite a rule, but for the link, which only the page knows: `citations(page)`."""

import re
from collections.abc import Iterable
from typing import Any

from proven.model import RulePage
from proven.render.escape import markdown, rest
from proven.rules.rule import Exemption

_SENTENCE = re.compile(r"(?<!\.\.)[.!?](?= |$)")


def citations(page: RulePage, exemptions: Iterable[Exemption]) -> dict[str, Any]:
    """What the page's script offers to copy.

    Args:
        page: A rule.
        exemptions: Its exceptions.

    Returns:
        `code`; `comment`, two sentences for a review in Markdown, to be followed by the link;
        `markdown` and `rest`, the text of a link in these languages; and `exceptions`, the
        comment on each by its code.
    """
    title = page.title
    return {
        "code": page.code,
        "comment": f"{markdown(title)} ({page.code}). {markdown(page.front.summary)}",
        "markdown": markdown(page.label),
        "rest": rest(page.label),
        "exceptions": {exemption.code: _exception(exemption, title) for exemption in exemptions},
    }


def _exception(exemption: Exemption, title: str) -> str:
    """A comment that says why code may differ from a rule; of a long exception the first sentence."""
    end = _SENTENCE.search(exemption.text)
    reason = exemption.text[: end.end()] if end else f"{exemption.text}."
    return f"{exemption.code} applies, an exception to “{markdown(title)}”. {markdown(reason)}"
