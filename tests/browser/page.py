"""Pages as the build writes them, with examples of the tests' own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from string import Template


@dataclass(frozen=True)
class Example:
    """A block of a page, and what the build saw when it ran it."""

    source: str
    stdout: str = ""
    error: str | None = None
    before: Sequence[str] = ()
    runnable: bool = True


PAGES = Path(__file__).parent / "pages"


def template(name: str) -> Template:
    """One of the HTML files in pages/."""
    return Template((PAGES / name).read_text("utf-8"))


def block(number: int, example: Example) -> str:
    """The HTML of a block."""
    sources = [{"language": "python", "source": source} for source in (*example.before, example.source)]
    data = {"sources": sources, "recorded": {"stdout": example.stdout, "error": example.error}}
    return template("block.html").substitute(
        number=number,
        runnable=" data-runnable" if example.runnable else "",
        code="".join(f"<span>{escape(line)}</span>" for line in example.source.splitlines(keepends=True)),
        empty="" if example.stdout else " pp-empty",
        output=escape(example.stdout) or "Prints nothing",
        data=json.dumps(data).replace("<", "\\u003c"),
    )


@dataclass(frozen=True)
class Site:
    """A served folder with the runner's assets, for pages to be put into."""

    folder: Path
    url: str
    _numbers = count(1)

    def page(self, *examples: Example) -> str:
        """Write a page, and say where it is served."""
        name = f"page-{next(self._numbers)}.html"
        runtime = next(path.name for path in (self.folder / "assets" / "runtime").iterdir() if path.is_dir())
        blocks = "".join(block(number, example) for number, example in enumerate(examples, 1))
        (self.folder / name).write_text(
            template("page.html").substitute(blocks=blocks, runtime=runtime), "utf-8"
        )
        return f"{self.url}{name}"
