"""What SuperFences will show of a page: `shown(text)`, to hold the collector against.

SuperFences is not a Markdown parser: it looks at lines, before anything else is
known of them. Where it and the collector differ, a block would go unverified.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesBlockPreprocessor, SuperFencesCodeExtension

from proven.markdown import accept, accept_any
from proven.model import PYTHON


@dataclass(frozen=True, slots=True)
class Shown:
    """One fence as SuperFences takes it."""

    line: int
    """The line of the opening fence, counted from 1."""
    language: str
    source: str


def shown(text: str) -> list[Shown]:
    """Every fence that SuperFences finds in a page without its front matter."""
    recorder = _recorder()
    recorder.found = []
    recorder.run(text.split("\n"))
    return recorder.found


def differences(
    text: str, found: Mapping[int, str], languages: Collection[str]
) -> Iterator[tuple[int, str, str]]:
    """Where SuperFences and the collector differ.

    Args:
        text: A page without its front matter.
        found: What the collector has found: sources by the line of the fence.
        languages: The languages of fences that it looks for.

    Yields:
        A line, what is wrong there, and how to mend it.
    """
    there = {one.line: one.source for one in shown(text) if one.language in languages}
    for number in sorted({*there, *found}):
        if number not in found:
            remedy = "Write its fence at the margin, or indented as the list item that it belongs to;\n"
            remedy += "leave a line empty before it inside HTML, and put none into a comment."
            yield number, "this would be shown as a block, and would not be verified", remedy
        elif number not in there or there[number].rstrip() != found[number].rstrip():
            remedy = "Close it with the same fence at the same indentation, and indent all of it by that."
            yield number, "this is verified as a block, and would not be shown as one", remedy


class _Recorder(SuperFencesBlockPreprocessor):
    """Notes each fence where SuperFences would render it."""

    def __init__(self, md: Markdown, config: dict[str, Any], extension: SuperFencesCodeExtension) -> None:
        super().__init__(md)
        self.config = config
        self.extension = extension
        self.found: list[Shown] = []

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        self.found.append(Shown(start + 1, self.lang or "", self.rebuild_block(self.code)))
        self.clear()


@cache
def _recorder() -> _Recorder:
    fences = [{"name": name, "class": name, "validator": accept} for name in PYTHON]
    fences.append({"name": "*", "class": "", "validator": accept_any})
    extension = SuperFencesCodeExtension(custom_fences=fences)
    return _Recorder(Markdown(extensions=[extension]), extension.getConfigs(), extension)
