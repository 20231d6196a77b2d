"""Pages as the build writes them, with examples of the tests' own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from string import Template

from proven.model import Block, Error, Interpreter, Language, Need, Options, Result, Source
from proven.project import BROWSER
from proven.render import policy
from proven.render.block import block_html


@dataclass(frozen=True)
class Example:
    """A block of a page, and what the build saw when it ran it."""

    source: str
    stdout: str = ""
    error: str | None = None
    before: Sequence[str] = ()
    runnable: bool = True
    versions: Sequence[str] = (BROWSER,)
    language: Language = "python"
    hidden: bool = False
    native: bool = False
    """Whether it was verified on the build's own CPython only."""
    environment: str = "native"
    """That which it names."""
    after: str = ""
    """HTML that follows it."""


NATIVE = Interpreter("native", f"{BROWSER}.0", "native")
TEMPLATE = Path(__file__).parent / "pages" / "page.html"


def block(number: int, example: Example) -> str:
    """The HTML of a block, as the build renders it."""
    kind, _, message = (example.error or "").partition(": ")
    error = Error(kind, message, None, f"{example.error}\n") if example.error else None
    rendered = Block(
        path="docs/test.md",
        environment=example.environment,
        line=1,
        number=number,
        language=example.language,
        source=example.source,
        code=example.source,
        numbers=tuple(range(1, example.source.count("\n") + 1)),
        indent="",
        role="other",
        options=Options(
            raises=kind or None, needs=None if example.runnable else Need("something"), hidden=example.hidden
        ),
        before=tuple(Source("python", source) for source in example.before),
    )
    result = Result(example.stdout, error=error)
    lines = "".join(f"<span>{escape(line)}</span>" for line in example.source.splitlines(keepends=True))
    pyodides = [Interpreter(version, f"{version}.0", "Pyodide", "folder") for version in example.versions]
    return block_html(
        rendered,
        dict.fromkeys(pyodides * example.runnable + [NATIVE] * example.native, result),
        f'<div class="highlight"><pre><span></span><code>{lines}</code></pre></div>',
    )


@dataclass(frozen=True)
class Site:
    """A served folder with the runner's assets, for pages to be put into."""

    folder: Path
    url: str
    _numbers = count(1)

    def page(self, *examples: Example, detectors: Iterable[str] = ()) -> str:
        """Write a page that declares these rules of Ruff by their codes, and say where it is served."""
        name = f"page-{next(self._numbers)}.html"
        blocks = "".join(block(number, example) + example.after for number, example in enumerate(examples, 1))
        declared = f' data-ruff="{" ".join(detectors)}"' if detectors else ""
        html = Template(TEMPLATE.read_text("utf-8")).substitute(blocks=blocks, detectors=declared)
        (self.folder / name).write_text(policy.add_csp(html), "utf-8")
        return f"{self.url}{name}"
