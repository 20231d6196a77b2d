"""What a reader copies to cite a rule, but for the link, which only the page knows: `citations(page)`."""

import re
from collections.abc import Iterable
from typing import Any

from proven.exports.catalogue import Exemption
from proven.model import RulePage

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
        "exceptions": {one.code: _exception(one, title) for one in exemptions},
    }


def _exception(exemption: Exemption, title: str) -> str:
    """A comment that says why code may differ from a rule; of a long exception the first sentence."""
    end = _SENTENCE.search(exemption.text)
    reason = exemption.text[: end.end()] if end else f"{exemption.text}."
    return f"{exemption.code} applies, an exception to “{markdown(title)}”. {markdown(reason)}"


def markdown(text: str) -> str:
    """Text as Markdown that shows it as it is, on code hosts too: `__slots__`, `except*`, `list[int]`.

    A decorator's name is made code: a backslash would not keep hosts from calling the user of that name.
    """
    parts = re.split(r"(?<!\w)(@[\w.]*\w)", text)
    parts[::2] = [_escaped(part) for part in parts[::2]]
    parts[1::2] = [f"`{part}`" for part in parts[1::2]]
    return re.sub(r"^(?=[-+=])", r"\\", "".join(parts))


def _escaped(text: str) -> str:
    """Without an underscore within a word, which means nothing there and is easier to read."""
    return re.sub(r"[\\`*\[\]<>&~|#]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", text)


def rest(text: str) -> str:
    """Text as it stands between the backquote and the address of a link in reStructuredText."""
    return re.sub(r"[\\`<>]", r"\\\g<0>", text)
