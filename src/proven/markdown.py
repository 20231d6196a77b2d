"""Python-Markdown: show verified blocks where pages have fences of Python.

In mkdocs.yml, the extension `proven.markdown` finds the blocks of a page, and
SuperFences hands each fence of Python to `fence()`.
"""

from __future__ import annotations  # the types below are imported where they are needed

import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesException, highlight_validator

from proven.cache import Cache
from proven.memo import Memo
from proven.options import DISPLAY, PLAIN
from proven.project import Project

if TYPE_CHECKING:
    from proven.model import Block, Interpreter

# mkdocs.yml names a function of this module, which MkDocs therefore imports
# before it loads the theme: early enough to leave out Material's notice that it
# ends in May 2027, which the maintainers know and readers cannot act upon.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class Disagreement(SuperFencesException):
    """SuperFences shows a block that the collector does not see: it would go unverified."""


class Finder(Preprocessor):
    """Finds a page's blocks before SuperFences takes the fences out, or knows their HTML already."""

    def __init__(self, md: Markdown, root: Path, memo: Memo) -> None:
        super().__init__(md)
        self.root = root
        self.memo = memo

    def run(self, lines: list[str]) -> list[str]:
        """Note the page's blocks; the lines stay as they are."""
        text = "\n".join(lines)
        known: list[tuple[str, str]] | None = self.memo.get("blocks", text)
        self.known = list(known or [])
        self.waiting: list[Block] = []
        self.shown: list[tuple[str, str]] = []
        if known is None:
            from proven.collect import find_blocks

            self.waiting = list(find_blocks("", text, []))
            self.memo.put("blocks", text, self.shown)
        return lines

    def html(self, source: str, highlight: Callable[[str], str]) -> str:
        """The HTML of the next block.

        Args:
            source: What SuperFences has found.
            highlight: Gives code as highlighted HTML.

        Raises:
            Disagreement: The collector has found something else, or nothing.
        """
        found, html = "", ""
        if self.known:
            found, html = self.known.pop(0)
        elif self.waiting:
            block = self.waiting.pop(0)
            found, html = block.source, self.render(block, highlight)
        if not html or found.rstrip() != source.rstrip():
            first = source.strip().splitlines()[:1] or [""]
            raise Disagreement(
                f"the page shows a block that would not be verified: {first[0]!r}\n"
                "    Write its fence at the margin, or indented as the list item that it belongs to."
            )
        self.shown.append((found, html))
        return html

    def render(self, block: Block, highlight: Callable[[str], str]) -> str:
        """The HTML of a block with what is known of it."""
        from proven.render import block_html

        cache, interpreters = _known(self.root, self.memo.key)
        known = {one: cache.get(cache.key(block.sources, one)) for one in interpreters if block.runs_on(one)}
        results = {one: result for one, result in known.items() if result}
        code = block.source if block.language == "console" else block.code
        return block_html(block, results, highlight(code.rstrip("\n")))


@lru_cache(1)
def _known(root: Path, key: str) -> tuple[Cache, list[Interpreter]]:
    """Results and interpreters of a project; MkDocs loads extensions before anything is installed."""
    project = Project.around(root)
    return Cache(project.cache / "results", project.locks, project.run_code), project.interpreters()


class ProvenExtension(Extension):
    """Shows verified blocks."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "root": [".", "the folder of mkdocs.yml, or one below it"],
            "memo": [Memo(Path(), ""), "what earlier builds have worked out"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        """Look for blocks on each page that `md` converts."""
        finder = Finder(md, Path(self.getConfig("root")), self.getConfig("memo"))
        md.preprocessors.register(finder, "proven", 26)  # SuperFences is at 25


def makeExtension(**kwargs: Any) -> ProvenExtension:
    """What Python-Markdown calls."""
    return ProvenExtension(**kwargs)


def accept(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """SuperFences' validator of Python: the collector has judged the options already."""
    return True


def accept_any(
    language: str, inputs: dict[str, str], options: dict[str, Any], attrs: dict[str, str], md: Markdown
) -> bool:
    """SuperFences' validator of all other languages: what is for it, and the name of a file as a title."""
    if _is_ours(language, inputs):
        options["proven"] = True
        inputs = {name: value for name, value in inputs.items() if name in DISPLAY}
    elif language in PLAIN and "file" in inputs:
        inputs = {"title": inputs["file"], **inputs}
        del inputs["file"]
    return bool(highlight_validator(language, inputs, options, attrs, md))


def _is_ours(language: str, inputs: dict[str, str]) -> bool:
    from proven.collect import LANGUAGES
    from proven.model import DATA

    return LANGUAGES.get(language) in DATA or (language == "console" and "run" in inputs)


def fence(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter: the HTML of a block that is run or parsed."""
    finder = md.preprocessors["proven"]
    assert isinstance(finder, Finder)

    def highlight(code: str) -> str:
        shown = _superfences(md).highlight(src=code, language=language, options=options, md=md, **kwargs)
        return str(shown)

    return finder.html(source, highlight)


def fence_any(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter of all other languages: its own, unless the block is run or parsed."""
    if options.pop("proven", False):
        return fence(source, language, css_class, options, md, **kwargs)
    return str(_superfences(md).highlight(src=source, language=language, options=options, md=md, **kwargs))


def _superfences(md: Markdown) -> Any:
    return md.preprocessors["fenced_code_block"]
