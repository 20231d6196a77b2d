"""What the search finds is what Material alone would index."""

from types import SimpleNamespace
from typing import Any

import pytest
from markdown import Markdown
from material.plugins.search.plugin import (  # type: ignore[import-untyped]
    Parser,
    SearchIndex,
    SearchPlugin,
)

from proven.publish.indexing import read_less

from .workspace import ROOT

TEXTS = {
    "code": '# A {#a}\n\n```python\nx = 1 < 2  # & "so"\n\n\ndef f() -> None: ...\n```\n',
    "numbered": '# A {#a}\n\n```python linenums="1"\nx = 1\ny = 2\n```\n',
    "excluded span": '# A\n\n<pre><span class="k">a</span> <span data-search-exclude>b</span></pre>\n',
    "empty code": '# A\n\n<pre><span class="w"> </span>\n</pre>\n\nAfter.\n',
    "data": '# A\n\nBefore\n<script type="application/json" class="d">{"a": "<p>"}</script>\nafter.\n',
    "code in a title": "# A `b` <span>c</span>\n\n## D {#d}\n\nText.\n",
    **{path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("docs/async/*.md")},
}


def indexed(html: str, *, less: bool) -> tuple[list[Any], str]:
    """The entries of a page's content, and the content that is left for the theme."""
    plugin = SearchPlugin()
    plugin.load_config({})
    plugin.search_index = SearchIndex()
    if less:
        read_less([plugin])
    page: Any = SimpleNamespace(content=html, meta={}, toc=[], url="a/", title="A")
    plugin.on_page_context({}, page=page, config=None, nav=None)
    return plugin.search_index.entries, page.content


def rendered(text: str) -> str:
    """A page's content."""
    extensions = ["attr_list", "md_in_html", "pymdownx.superfences", "pymdownx.highlight"]
    return Markdown(extensions=extensions).convert(text)


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_is_found(name: str) -> None:
    """Entries, and the content of the page, are those of Material alone."""
    html = rendered(TEXTS[name])
    assert indexed(html, less=True) == indexed(html, less=False)


def test_colours_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The search's parser gets neither the spans of code nor the data of scripts."""
    read: list[str] = []
    monkeypatch.setattr(Parser, "feed", lambda _, html: read.append(html))
    data = '\n<script type="application/json">{"stdout": "printed"}</script>\n'
    indexed(rendered(TEXTS["code"] + data), less=True)
    assert "def f()" in read[0]
    assert "<span" not in read[0]
    assert "printed" not in read[0]
