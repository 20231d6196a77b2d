"""The plugin on a site of someone else's: tests/corpus/, whose mkdocs.yml only names it.

- On a site without rules, all that is about single blocks holds, and nothing else; `docs_dir`,
  `exclude_docs` and the plugin's settings count for the command too (`test_guest_faults.py`,
  `test_installed.py`)
"""

import pytest

from .conftest import CORPUS, THEMES
from .corpus_pages import PAGES, collected, parse
from .workspace import Workspace


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_shown_as_verified(built_corpus: Workspace, theme: str, page: str) -> None:
    """Each block of Python on a built page is one that was verified, character for character."""
    folder = page.removesuffix(".md").removesuffix("index")
    html = parse(built_corpus.root / f"site-{theme}" / folder / "index.html")
    shown = [block.css(".pp-code code")[0].text() for block in html.css(".pp-block")]
    blocks = collected(built_corpus.root)[f"handbook/{page}"].blocks
    verified = [block.code if block.is_python else block.source for block in blocks]
    assert [text.rstrip() for text in shown] == [text.rstrip() for text in verified]
    python = [block for block in blocks if block.is_python]
    assert len(html.css("div.language-python, div.language-pycon")) == len(python)


def test_blocks_are_many_and_of_every_kind() -> None:
    """The corpus is what it is meant to be: 45 blocks, none from a draft, a notebook or another fence."""
    pages = collected(CORPUS)
    assert sum(len(page.blocks) for page in pages.values()) == 45
    assert not pages["handbook/reference/fences.md"].blocks
    assert sorted(pages) == [f"handbook/{page}" for page in PAGES]


@pytest.mark.parametrize("theme", THEMES)
def test_looks_come_with_the_plugin(built_corpus: Workspace, theme: str) -> None:
    """Style sheet and script are linked from every theme, and are there; the site keeps its own."""
    page = built_corpus.root / f"site-{theme}" / "guide" / "lists"
    html = parse(page / "index.html")
    links = [link.attributes["href"] or "" for link in html.css("link")]
    scripts = [script.attributes["src"] or "" for script in html.css("script[src]")]
    for name in ("../../assets/blocks/style.css", "../../own.css"):
        assert name in links
    for name in [*links, *scripts]:
        assert "://" not in name
    assert "../../assets/runner/main.js" in scripts
    script = (page / "../../assets/runner/main.js").read_text("utf-8")
    (runtime,) = (page / "../../assets/runtime").glob("*/3.14/pyodide.js")
    assert runtime.parents[1].name in script


def test_the_highlighter_gets_its_options(built_corpus: Workspace) -> None:
    """Title, line numbers, classes and id reach the page; marked lines are those of the fence as written."""
    html = parse(built_corpus.root / "site-material" / "start" / "first-tide" / "index.html")
    numbered, annotated, named, *_ = html.css(".pp-block")
    assert [node.text() for node in numbered.css("span.filename")] == ["tide.py"]
    assert [node.text() for node in numbered.css(".hll")] == ["\n", "print(heights(6.0, 2.0))\n"]
    assert "1\n2\n" in numbered.css(".linenodiv")[0].text()
    assert annotated.css(".highlight.annotate")
    assert named.css("#numbers.highlight")


def test_navigation_and_notebooks_are_left_alone(built_corpus: Workspace) -> None:
    """The pages come in the order of the site's own `nav`; a notebook is copied as it is."""
    html = parse(built_corpus.root / "site-mkdocs" / "index.html")
    order = [link.attributes["href"] or "" for link in html.css(".navbar-nav")[0].css("a")]
    assert [href for href in order if href.endswith("/") or href == "."] == [
        ".",
        "reference/fences/",
        "guide/lists/",
        "guide/boxes/",
        "guide/included/",
        "guide/sessions/",
        "start/install/",
        "start/first-tide/",
    ]
    notebook = "notebooks/tour.ipynb"
    same = (built_corpus.root / "site-mkdocs" / notebook).read_bytes() == (
        CORPUS / "handbook" / notebook
    ).read_bytes()
    assert same
