"""The site's search, as readers use it, and what they search for."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
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


ASK = """async (list, [box, queries]) => {
  const answers = {};
  for (const query of queries) {
    const stale = document.createElement("li");
    list.append(stale);
    box.value = query;
    box.dispatchEvent(new InputEvent("input", { bubbles: true }));
    while (stale.isConnected) await new Promise((done) => setTimeout(done));
    answers[query] = [...list.querySelectorAll(".md-search-result__link")].map((link) => link.href);
  }
  return answers;
}"""
"""Type queries, one after the other: for each the theme empties the list of results, then fills it."""


class SearchBox:
    """The search of a page, opened."""

    def __init__(self, page: Page) -> None:
        self._box = page.get_by_role("textbox", name="Search")
        self._results = page.locator(".md-search-result__list")
        self._box.click()
        self.pages(["python"])  # the index is there

    def pages(self, queries: Iterable[str]) -> dict[str, list[str]]:
        """For each query the pages that are found, the best first, as in `async/timeouts`."""
        answers: dict[str, list[str]] = self._results.evaluate(
            ASK, [self._box.element_handle(), list(queries)]
        )
        return {query: [urlsplit(link).path.strip("/") for link in links] for query, links in answers.items()}

    def places(self, queries: Mapping[str, Sequence[str]]) -> dict[str, int | None]:
        """For each query the place of the first page that is right, counted from 0; None where none is."""
        answers = self.pages(queries)
        return {
            query: next((place for place, name in enumerate(answers[query]) if name in right), None)
            for query, right in queries.items()
        }
