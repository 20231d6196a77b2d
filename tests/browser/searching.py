"""The site's search, as readers use it, and what they search for."""

import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page

FIRST, AMONG_THREE = 0.85, 0.97
"""Of the further queries, how many have to lead to a right page at first, and among three."""


def topics() -> dict[str, dict[str, list[str]]]:
    """What each page has to be the first for, by topic and page."""
    return _read("queries.toml")


def listed() -> dict[str, list[str]]:
    """The same by query, with the page."""
    return {
        query: [name] for pages in topics().values() for name, queries in pages.items() for query in queries
    }


def further() -> dict[str, list[str]]:
    """Queries of people who had not seen the pages, each with the pages that are right."""
    return _read("further.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


class SearchBox:
    """The search of a page, opened."""

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

    def place(self, query: str, right: Sequence[str]) -> int | None:
        """The place of the first page that is right, counted from 0; None where none is found."""
        return next((place for place, name in enumerate(self.pages(query)) if name in right), None)

    def pages(self, query: str) -> list[str]:
        """The pages that are found, the best first, as in `async/timeouts`."""
        with self._answered():
            self.box.fill(query)
        links: list[str] = self.results.evaluate(
            "list => [...list.querySelectorAll('.md-search-result__link')].map((link) => link.href)"
        )
        return [urlsplit(link).path.strip("/") for link in links]
