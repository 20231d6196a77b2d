"""Readers who search for a thing find its page first: `queries.toml` has what they type."""

import tomllib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from .conftest import PATIENCE

TOPICS: dict[str, dict[str, list[str]]] = tomllib.loads(
    (Path(__file__).parent / "queries.toml").read_text("utf-8")
)


class SearchBox:
    """The site's search, opened."""

    def __init__(self, page: Page) -> None:
        self.box = page.get_by_role("textbox", name="Search")
        self.results = page.locator(".md-search-result__list")
        with self._answered():  # the index is there, and nothing has been asked for yet
            self.box.click()

    @contextmanager
    def _answered(self) -> Iterator[None]:
        """Ask one thing, and wait for its answer: the theme empties the list for each, then fills it."""
        self.results.evaluate("list => list.insertAdjacentHTML('beforeend', '<li data-stale></li>')")
        yield
        self.results.locator("> [data-stale]").wait_for(state="detached")

    def first(self, query: str) -> str:
        """The page that comes first, as in `async/timeouts`; "" when there is none."""
        with self._answered():
            self.box.fill(query)
            self.box.press("End")  # the theme asks when a key is released
        href: str = self.results.evaluate("list => list.querySelector('a')?.href ?? ''")
        return urlsplit(href).path.strip("/")


@pytest.fixture(scope="module")
def search(browser: Browser, built: str) -> Iterator[SearchBox]:
    """The search of one page, whose index takes seconds to be made."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(built)
    yield SearchBox(page)
    context.close()


def test_no_query_is_listed_twice() -> None:
    """A query leads to one page; the theme does not even ask for what it has just answered."""
    counted = Counter(query for pages in TOPICS.values() for queries in pages.values() for query in queries)
    assert [query for query, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_the_page_comes_first(search: SearchBox, topic: str) -> None:
    """What readers type leads to the page, by the site's own search, before any other."""
    wrong = [
        f"{query!r} should lead to {name}, and leads to {first or 'no page'}"
        for name, queries in TOPICS[topic].items()
        for query in queries
        if (first := search.first(query)) != name
    ]
    assert not wrong, "\n".join(["", *wrong])
