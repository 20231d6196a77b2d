"""Pages as Markdown: with what their blocks did, and without the site around them.

tests/cases/markdown/ has a page with every kind of block, and what is written for it.
`UPDATE_CASES=1` writes it anew.
"""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt

from proven.collect.pages import read_pages
from proven.exports import llms
from proven.exports.markdown import pages
from proven.model import Block, Error, Interpreter, Print, Result, Site
from proven.pages.registry import whole_catalogue
from proven.project import Project
from proven.render.escape import code, fenced, literal
from proven.rules.catalogue import Catalogue

from .conftest import CASES
from .golden import golden
from .small_site import CODES, COURSE, rule
from .workspace import Workspace

OLD = Interpreter("3.12", "3.12.7", "Pyodide 0.27.8", "py312")
BROWSER = Interpreter("3.14", "3.14.2", "Pyodide 314.0.7", "py314")
NATIVE = Interpreter("native", "3.13.9", "native linux-x86_64")
INTERPRETERS = (OLD, BROWSER, NATIVE)

HOME = """---
title: Home page
summary: All of it.
course:
  - heading: Topics
    rules: [topic]
---

# Home page
"""


def raised(text: str, stdout: str = "", prints: tuple[Print, ...] = (), stderr: str = "") -> Result:
    """A result that ends in an exception."""
    kind, message = text.split(": ", 1)
    return Result(stdout, stderr, Error(kind, message, 1, f"Traceback\n{text}\n"), prints)


def printed(*prints: tuple[int, str]) -> Result:
    """A result that prints texts at lines, in this order."""
    return Result(
        "".join(f"{text}\n" for _, text in prints),
        prints=tuple(Print(line, 0, text) for line, text in prints),
    )


RESULTS = {
    1: raised(
        "ValueError: no", "](two.md) {#x}\n", (Print(1, 0, "](two.md) {#x}"),), "example.py:1: a warning\n"
    ),
    2: printed((2, "a 1"), (3, "b 1"), (2, "a 2"), (3, "b 2")),
    3: Result(),
    4: printed((1, "1")),
    5: printed((1, "~~~ and ```")),
    7: Result(">>> 1 + 1\n2\n"),
    9: Result("a = 1\n", prints=(Print(1, 0, "a = 1\n"),), error=Error("ExitStatus", "1", 1, "")),
    11: printed((1, "old | `new`")),
    12: raised("TypeError: of `three`\n\n```"),
}
"""What each block of the page did, by its number, on those interpreters that it is for."""


def results(block: Block) -> Mapping[Interpreter, Result]:
    """What a block did."""
    if not block.path.endswith("one.md") or block.number not in RESULTS:
        return {}
    return {interpreter: RESULTS[block.number] for interpreter in INTERPRETERS if block.runs_on(interpreter)}


@pytest.fixture
def small(workspace: Workspace) -> Catalogue:
    """A site of two rules, one with every kind of block."""
    workspace.write("codes.toml", CODES)
    workspace.write("docs/index.md", HOME)
    workspace.write("docs/topic/index.md", COURSE)
    workspace.write("docs/topic/a picture.png", b"")
    workspace.write("docs/topic/one.md", (CASES / "markdown" / "page.md").read_bytes())
    workspace.write("docs/topic/two.md", rule("PX902", "PX901"))
    workspace.write("docs/more.md", "---\ntitle: More\n---\n\n# More\n")
    project = Project.around(workspace.root)
    made = whole_catalogue(
        project, Site(tuple(read_pages(project, project.pages()))), "https://example.org/docs"
    )
    return replace(made, interpreters=lambda: list(INTERPRETERS), results=results)


def test_page(small: Catalogue) -> None:
    """Facts, whole addresses, exceptions, versions, and outputs that code does not show are there."""
    golden(CASES / "markdown" / "expected.md", str(pages.make(small)["topic/one/index.html.md"]))


def test_code_survives(small: Catalogue) -> None:
    """A parser finds the code of every block in the page as Markdown, as it is written in the page."""
    written = str(pages.make(small)["topic/one/index.html.md"])
    code = [token.content for token in MarkdownIt().parse(written) if token.type == "fence"]
    for block in small.rules[0].page.blocks:
        in_admonition = block.language == "pycon"  # which is code for who does not know admonitions
        assert in_admonition or block.source in code
        assert block.source.splitlines()[0] in written


def test_reading_order(small: Catalogue) -> None:
    """All pages in one file: home, each topic with its rules as its course has them, the others."""
    text = str(pages.make(small)["llms-full.txt"])
    titles = ["Home page", "Topic", r"Keep \_\_slots\_\_", "Keep rule PX902", "More"]
    assert (
        sorted(titles, key=lambda title: text.index(f"\n# {title}" if title != titles[0] else "# Home"))
        == titles
    )
    assert text.count("- Page: https://example.org/docs/") == 5


def test_llms(small: Catalogue) -> None:
    """llms.txt has a title, a summary, and by topic a link to the Markdown of each rule, and what it says."""
    lines = str(llms.make(small)["llms.txt"]).splitlines()
    assert lines[:3] == ["# Home page", "", "> All of it."]
    assert [line for line in lines if line.startswith("## ")] == ["## Topic", "## Optional"]
    assert lines[lines.index("## Topic") + 2].startswith(
        r"- [Keep \_\_slots\_\_ and list\[int\] as they are]"
        r"(https://example.org/docs/topic/one/index.html.md): PX901. Escape \*nothing\* that"
    )
    assert lines[-1] == "- [More](https://example.org/docs/more/index.html.md)"


@pytest.mark.parametrize(
    "text",
    ["a_b(c)", "__a__", "*a*", "a * b", "list[int]", "[a", "a]", "[x](y)", "<b>", "a < b", "&lt;", "`", "\\"],
)
def test_literal(text: str) -> None:
    """Text is shown as it is, in a link too, and escaped only where it would not be."""
    token = MarkdownIt().parseInline(f"[{literal(text)}](x)")[0]
    assert "".join(child.content for child in token.children or ()) == text
    assert literal("asyncio.to_thread(list[int]) < 3 * 4") == "asyncio.to_thread(list[int]) < 3 * 4"


@pytest.mark.parametrize("text", ["a", "`a`", "``", "a ``` b", "a\n````\nb"])
def test_fenced(text: str) -> None:
    """Text does not end the fence or the code that it is in."""
    fence = MarkdownIt().parse(fenced(text))[0]
    assert (fence.type, fence.content) == ("fence", f"{text}\n")
    line = text.replace("\n", " ")
    inline = (MarkdownIt().parseInline(code(line))[0].children or [])[0]
    assert (inline.type, inline.content) == ("code_inline", line)
