"""Python-Markdown: show verified blocks where pages have fences of Python.

In mkdocs.yml, the extension `proven.markdown` finds the blocks of a page, and
SuperFences hands each fence of Python to `fence()`.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesException, highlight_validator

from proven.cache import Cache
from proven.collect import LANGUAGES, find_blocks
from proven.model import DATA, Block, Failure, Interpreter, Result
from proven.options import DISPLAY, PLAIN
from proven.project import Project
from proven.render import block_html

# mkdocs.yml names a function of this module, which MkDocs therefore imports
# before it loads the theme: early enough to leave out Material's notice that it
# ends in May 2027, which the maintainers know and readers cannot act upon.
os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")


class Disagreement(SuperFencesException):
    """SuperFences shows a block that the collector does not see: it would go unverified."""


class Blocks:
    """The blocks of the page that is being rendered, with their results."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.waiting: list[Block] = []

    @cached_property
    def known(self) -> tuple[Cache, list[Interpreter]]:
        """Results and interpreters; MkDocs loads extensions before anything is installed."""
        project = Project.around(self.root)
        return Cache(project.cache / "results", project.locks, project.run_code), project.interpreters()

    def take(self, source: str) -> tuple[Block, dict[Interpreter, Result]]:
        """The next block of the page, and what is known of it.

        Raises:
            Disagreement: It is not what SuperFences found.
        """
        block = self.waiting.pop(0) if self.waiting else None
        if block is None or block.source.rstrip() != source.rstrip():
            found = source.strip().splitlines()[:1] or [""]
            raise Disagreement(
                f"the page shows a block that would not be verified: {found[0]!r}\n"
                "    Write its fence at the margin, or indented as the list item that it belongs to."
            )
        cache, interpreters = self.known
        known = {one: cache.get(cache.key(block.sources, one)) for one in interpreters if block.runs_on(one)}
        return block, {one: result for one, result in known.items() if result}


class Finder(Preprocessor):
    """Finds a page's blocks before SuperFences takes the fences out."""

    def __init__(self, md: Markdown, blocks: Blocks) -> None:
        super().__init__(md)
        self.blocks = blocks

    def run(self, lines: list[str]) -> list[str]:
        """Note the page's blocks; the lines stay as they are."""
        failures: list[Failure] = []
        self.blocks.waiting = list(find_blocks("", "\n".join(lines), failures))
        return lines


class ProvenExtension(Extension):
    """Shows verified blocks."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {"root": [".", "the folder of mkdocs.yml, or one below it"]}
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:
        """Look for blocks on each page that `md` converts."""
        blocks = Blocks(Path(self.getConfig("root")))
        finder = Finder(md, blocks)
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
    return LANGUAGES.get(language) in DATA or (language == "console" and "run" in inputs)


def fence(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter: the HTML of a block that is run or parsed."""
    finder = md.preprocessors["proven"]
    assert isinstance(finder, Finder)
    block, results = finder.blocks.take(source)
    code = block.source if block.language == "console" else block.code
    highlighted = _superfences(md).highlight(
        src=code.rstrip("\n"), language=language, options=options, md=md, **kwargs
    )
    return block_html(block, results, str(highlighted))


def fence_any(
    source: str, language: str, css_class: str, options: dict[str, Any], md: Markdown, **kwargs: Any
) -> str:
    """SuperFences' formatter of all other languages: its own, unless the block is run or parsed."""
    if options.pop("proven", False):
        return fence(source, language, css_class, options, md, **kwargs)
    return str(_superfences(md).highlight(src=source, language=language, options=options, md=md, **kwargs))


def _superfences(md: Markdown) -> Any:
    return md.preprocessors["fenced_code_block"]
