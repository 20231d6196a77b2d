"""The site's search, as readers use it."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from playwright.sync_api import Page


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

    def found(self, query: str) -> list[str]:
        """The pages that are found, the best first, as in `async/timeouts`."""
        with self._answered():
            self.box.fill(query)
        links: list[str] = self.results.evaluate(
            "list => [...list.querySelectorAll('.md-search-result__link')].map((link) => link.href)"
        )
        return [urlsplit(link).path.strip("/") for link in links]
