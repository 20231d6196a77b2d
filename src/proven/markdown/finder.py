"""Find a page's blocks before SuperFences takes its fences out, and give each its HTML."""

from __future__ import annotations  # the types below are imported where they are needed

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown import Markdown
from markdown.preprocessors import Preprocessor
from pymdownx.superfences import SuperFencesException

from proven.project import Memo, Project

if TYPE_CHECKING:
    from proven.model import Block, Interpreter, Result
    from proven.run.cache import Known


type Highlight = Callable[[str, tuple[int, ...], tuple[int, ...]], str]
"""Gives code as highlighted HTML.

It takes the code, the numbers of its lines in the fence, and those of its lines that are marked as changed.
"""


class Disagreement(SuperFencesException):
    """A page shows a block that was not verified."""


class Front(NamedTuple):
    """What a page's front matter says of its blocks, and where its files are."""

    python: str = ""
    environment: str = ""
    beside: str = ""
    program: str = ""


class Finder(Preprocessor):
    """Finds a page's blocks before SuperFences takes the fences out, or knows their HTML already."""

    def __init__(self, md: Markdown, options: dict[str, Any]) -> None:
        super().__init__(md)
        self.given: Project | None = options["project"] or None
        self.front = Front(*(options[name] for name in Front._fields))
        self.memo: Memo = options["memo"]
        self.serving: bool = options["serving"]

    @property
    def project(self) -> Project:
        """The site; MkDocs loads extensions before a plugin can say which."""
        return self.given or _project()

    @property
    def rules(self) -> bool:
        """Whether it is a site of rules, on which all data is parsed."""
        return self.project.settings.rules

    def run(self, lines: list[str]) -> list[str]:
        """Note the page's blocks; the lines stay as they are.

        Raises:
            Disagreement: Fences of Python are handed to something else.
        """
        _check_fences(self.md)
        self.text = text = "\n".join(lines)
        front = self.front if any(self.front) else _front_of_zensical(self.md, self.project)
        self.beside = front.beside
        inputs = "\n".join([*front, text])  # under other front matter, the same text is about others
        program = None
        if front.program:
            from proven import programs

            program = programs.read(self.project.root, front.program)
            inputs += repr(program and program.files)
        if "measure=" in text:
            from proven.run import measurements

            inputs += measurements.digest(self.project.root)
        remembered: list[tuple[str, str]] | None = self.memo.get("blocks", inputs)
        self.remembered = list(remembered or [])
        self.waiting: list[Block] = []
        self.shown: list[tuple[str, str]] = []
        if remembered is None:
            from proven.collect.blocks import find_blocks
            from proven.collect.pages import placing
            from proven.model import Page, PageFront

            blocks = find_blocks("", text, [], self.rules)
            self.waiting = list(map(placing(self.project, front.environment, program), blocks))
            self.page = Page("", PageFront(python=front.python), tuple(self.waiting))
            self.alternatives = self.compared()
            self.changes = self.changed()
            self.memo.put("blocks", inputs, self.shown)
        return lines

    def html(self, source: str, highlight: Highlight) -> str:
        """The HTML of the next block.

        Args:
            source: What SuperFences has found.
            highlight: Gives code as highlighted HTML.

        Raises:
            Disagreement: The collector has found something else, or nothing.
        """
        expected = [original for original, _ in self.remembered[:1]] or [
            block.source for block in self.waiting[:1]
        ]
        matches = [original.rstrip() for original in expected] == [source.rstrip()]
        if not matches and not self.rules:
            from proven.collect.superfences import taken_back

            if source.rstrip() in {each.rstrip() for each in taken_back(self.text).values()}:
                return ""  # it becomes the text of indented code
        if not matches:
            first = source.strip().splitlines()[:1] or [""]
            raise _unverified(first[0], "Write it into the page itself, and its fence at the margin.")
        html = self.remembered.pop(0)[1] if self.remembered else self.render(self.waiting.pop(0), highlight)
        self.shown.append((expected[0], html))
        return html

    def render(self, block: Block, highlight: Highlight) -> str:
        """The HTML of a block with what is known of it.

        Raises:
            Disagreement: Nothing is, and no writer is at work who will see it.
        """
        from proven.render.block import block_html
        from proven.render.measured import measured_html
        from proven.render.versions import table_html
        from proven.run import measurements

        results = self.results(block)
        if not (results or block.skipped or block.is_plain_data or self.serving):
            first = block.code.split("\n", 1)[0]
            raise _unverified(first, 'Run `proven verify` first; what is not to be run says skip="why".')
        text, numbers = block.code, block.numbers
        if block.language == "console":
            text, numbers = block.source, tuple(range(1, block.source.count("\n") + 1))
        changed = self.changes.get(block.number, ())
        html = block_html(
            block,
            results,
            highlight(text.rstrip("\n"), numbers, changed),
            self.everywhere,
            changed,
            self.beside,
        )
        html += table_html(map(self.results, self.alternatives.get(block.number, ())))
        if (measure := block.options.measure) and (seen := measurements.read(self.project.root, block)):
            html += measured_html(measure, seen, block.number)
        return html

    def results(self, block: Block) -> Mapping[Interpreter, Result]:
        """What is known of a block."""
        recorded, interpreters = _known(self.project, self.memo.key)
        return recorded.results(self.page, block, interpreters)

    @property
    def everywhere(self) -> list[Interpreter]:
        """The interpreters that blocks are verified on."""
        return _known(self.project, self.memo.key)[1]

    def changed(self) -> dict[int, tuple[int, ...]]:
        """The lines of code that are marked, by the number of the block: where Avoid and Prefer differ."""
        from proven.render.compare import changes

        return changes(self.waiting) if self.rules else {}

    def compared(self) -> dict[int, list[Block]]:
        """The blocks of a page of rules that show the same on different versions, by their last."""
        from proven.render.versions import alternatives

        if not self.rules:
            return {}
        return alternatives(self.page, self.everywhere)


def _check_fences(md: Markdown) -> None:
    """See that SuperFences hands fences of Python to `fence()`: another extension may have replaced it.

    Raises:
        Disagreement: It does not.
    """
    if "fenced_code_block" not in md.preprocessors:
        return  # no fence is taken for code
    options = getattr(md.preprocessors["fenced_code_block"], "config", {})
    formats = (custom.get("format") for custom in options.get("custom_fences", ()))
    if not any(getattr(function, "__module__", "").startswith("proven.markdown") for function in formats):
        raise Disagreement(
            "fences of Python are not handed to proven.markdown: their blocks would not be verified\n"
            "    Name pymdownx.superfences, with its custom_fences, after extensions that bring fences too,\n"
            "    such as extra, fenced_code and pymdownx.extra."
        )


def _unverified(first: str, remedy: str) -> Disagreement:
    return Disagreement(f"the page shows a block that was not verified: {first!r}\n    {remedy}")


@cache
def _project() -> Project:
    """The project of the current folder: what a builder without plugins builds."""
    return Project.around(Path.cwd())


@lru_cache(1)
def _known(project: Project, key: str) -> tuple[Known, list[Interpreter]]:
    """Results and interpreters of a project; MkDocs loads extensions before anything is installed."""
    from proven.run.cache import Known

    return Known.of(project), project.interpreters()


def _front_of_zensical(md: Markdown, project: Project) -> Front:
    """What the plugin says of a page under MkDocs, where Zensical says which page it is."""
    if "rendering_context" not in md.preprocessors:
        return Front()
    from proven.collect import frontmatter
    from proven.collect.pages import decode, of_topic

    page: Any = md.preprocessors["rendering_context"]
    file = project.docs / page.page.path
    if not file.is_file():
        return Front()
    name = project.name(file)
    text = decode(name, file.read_bytes()).replace("\r\n", "\n")
    front = frontmatter.parse(name, text, project.settings.rules)
    beside = "" if file.stem in ("index", "README") or not project.settings.directories else "../"
    environment = front.environment or of_topic(project, name)
    return Front(front.python, environment, beside, front.program)
