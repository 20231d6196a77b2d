"""SuperFences' view of a page: which fences are ours, and where it and the collector differ."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any

from markdown import Markdown
from pymdownx.superfences import SuperFencesBlockPreprocessor, SuperFencesCodeExtension, highlight_validator

from proven.collect.options import DISPLAY, LANGUAGES, PLAIN
from proven.model import PYTHON

_BRACED = re.compile(r"(?:\.?(?P<language>[\w#.+-]+)\s*)?\{(?P<attributes>.*)\}")


def split_info(info: str) -> tuple[str, str]:
    """The language of a fence, and its options as `key="value"` and bare words.

    Args:
        info: `python title="x" continues`, or `{ .python .annotate title="x" }`,
            whose further classes and id are of no matter here.
    """
    match = _BRACED.fullmatch(info)
    if match and not match["language"] and re.fullmatch(r"[\w-]+", match["attributes"]):
        return match["attributes"], ""  # a directive of MyST
    if match is None:
        language = info.split(maxsplit=1)[0] if info else ""
        return language, info[len(language) :]
    from markdown.extensions.attr_list import get_attrs_and_remainder  # seldom needed

    language, options = match["language"] or "", ""
    for key, value in get_attrs_and_remainder(match["attributes"])[0]:
        if key == ".":
            language = language or str(value)
        elif key != "id":
            quote = "'" if '"' in (value or "") else '"'
            options += f" {key}" if value is None else f" {key}={quote}{value}{quote}"
    return language, options


def accept(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """SuperFences' validator of Python: the collector has judged the options; its own are passed on."""
    options.update({name: value for name, value in inputs.items() if name in DISPLAY})
    return True


def accept_any(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """SuperFences' validator of all other languages: what is for it, and the name of a file as a title."""
    rules = "proven" not in md.preprocessors or bool(getattr(md.preprocessors["proven"], "rules", True))
    if _is_ours(language, inputs, rules):
        options["proven"] = True
        inputs = {name: value for name, value in inputs.items() if name in DISPLAY}
    elif language in PLAIN and "file" in inputs:
        inputs = {"title": inputs["file"], **inputs}
        del inputs["file"]
    return bool(highlight_validator(language, inputs, options, attrs, md))


def _is_ours(language: str, inputs: dict[str, str], rules: bool) -> bool:
    from proven.model import DATA

    data = LANGUAGES.get(language) in DATA and (rules or "file" in inputs)
    return data or (language == "console" and "run" in inputs)


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
    recorder.fences = []
    recorder.run(text.split("\n"))
    return recorder.fences


def differences(
    text: str, collected: Mapping[int, str], languages: Collection[str], rules: bool
) -> Iterator[tuple[int, str, str]]:
    """Where SuperFences and the collector differ.

    Args:
        text: A page without its front matter.
        collected: What the collector has found: sources by the line of the fence.
        languages: The languages of fences that it looks for.
        rules: Whether it is a site of rules, where a fence is meant as one also in indented code.

    Yields:
        A line, what is wrong there, and how to mend it.
    """
    rendered = {fence.line: fence.source for fence in shown(text) if fence.language in languages}
    indented = taken_back(text) if not rules and rendered.keys() - collected.keys() else {}
    for number in sorted({*rendered, *collected}):
        if number in indented and number not in collected:
            continue
        if number not in collected:
            remedy = "Write its fence at the margin, or indented as the list item that it belongs to;\n"
            remedy += "leave a line empty before it inside HTML, and put none into a comment."
            yield number, "this would be shown as a block, and would not be verified", remedy
        elif number not in rendered or rendered[number].rstrip() != collected[number].rstrip():
            remedy = "Close it with the same fence at the same indentation, and indent all of it by that."
            yield number, "this is verified as a block, and would not be shown as one", remedy


def taken_back(text: str) -> dict[int, str]:
    """What SuperFences finds and gives back: fences in indented code, which are text there, by line."""
    numbers = count()

    def numbered(*_: Any, **__: Any) -> str:
        return f"<p>{_MARK}{next(numbers)};</p>"

    fence = {"name": "*", "class": "", "format": numbered, "validator": lambda *_: True}
    configs: dict[str, dict[str, Any]] = {
        "pymdownx.superfences": {"custom_fences": [fence]},
        "pymdownx.tabbed": {"alternate_style": True},
    }
    drawn = Markdown(extensions=[*_AROUND, *configs], extension_configs=configs)
    html = drawn.convert(text)
    return {fence.line: fence.source for at, fence in enumerate(shown(text)) if f"{_MARK}{at};" not in html}


_MARK = "proven-fence-"
_AROUND = ("admonition", "attr_list", "def_list", "footnotes", "md_in_html", "pymdownx.details")
"""What indents the content of a page, so that what is indented by more is code."""


class _Recorder(SuperFencesBlockPreprocessor):
    """Notes each fence where SuperFences would render it."""

    def __init__(self, md: Markdown, config: dict[str, Any], extension: SuperFencesCodeExtension) -> None:
        super().__init__(md)
        self.config = config
        self.extension = extension
        self.fences: list[Shown] = []

    def process_nested_block(self, ws: str, content: str, start: int, end: int) -> None:
        self.fences.append(Shown(start + 1, self.lang or "", self.rebuild_block(self.code)))
        self.clear()


@cache
def _recorder() -> _Recorder:
    fences = [{"name": name, "class": name, "validator": accept} for name in PYTHON]
    fences.append({"name": "*", "class": "", "validator": accept_any})
    extension = SuperFencesCodeExtension(custom_fences=fences)
    return _Recorder(Markdown(extensions=[extension]), extension.getConfigs(), extension)
