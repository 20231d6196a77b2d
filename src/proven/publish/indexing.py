"""Let Material's search read less of a page, and find the same in it: `read_less(plugins)`."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_DATA = re.compile(r'(<script type="application/json"[^>]*>).*?</script>', re.DOTALL)
_EYEBROW = re.compile(r'\A\s*<p class="pp-facts".*?</p>', re.DOTALL)
"""What stands above the title, and would be taken for all that the page itself says."""

_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_SPAN = re.compile(r'<span(?: class="[^"]*")?>|</span>')
_OTHER_SPAN = re.compile(r'<span(?!(?: class="[^"]*")?>)')


def read_less(plugins: Iterable[Any]) -> None:
    """Spare the search the colours of code, which are most of a page's elements, and the data of scripts.

    Its parser drops both, and takes longer over them than over all the rest.

    Args:
        plugins: MkDocs' plugins, once they are configured.
    """
    for plugin in plugins:
        index: Any = getattr(plugin, "search_index", None)
        if type(plugin).__module__.startswith("material.") and hasattr(index, "add_entry_from_context"):
            index.add_entry_from_context = _reduced(index.add_entry_from_context)


def _reduced(add: Callable[[Any], None]) -> Callable[[Any], None]:
    def add_reduced(page: Any) -> None:
        whole = page.content
        page.content = reduce(whole)
        try:
            add(page)
        finally:
            page.content = whole

    return add_reduced


def reduce(html: str) -> str:
    """The content of a page, without what the search's parser drops.

    Args:
        html: The page's content.
    """
    html = _EYEBROW.sub("", html)
    return _unfolded(_CODE.sub(lambda code: _uncoloured(code[0]), _DATA.sub(r"\1</script>", html)))


def _unfolded(html: str) -> str:
    """The content without what folds it: text would count for the section above."""
    if 'class="pp-fold"' not in html:
        return html
    tree = LexborHTMLParser(html)
    for selector in ("details.pp-fold > summary", "details.pp-fold"):
        for node in tree.css(selector):
            node.unwrap()
    return (tree.body and tree.body.inner_html) or html


def _uncoloured(code: str) -> str:
    """Code without its spans, unless one of them says more than a colour."""
    return code if _OTHER_SPAN.search(code) else _SPAN.sub("", code)
