"""Readers who search for a thing find its page first: `queries.toml` has what they type."""

import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

TOPICS = tomllib.loads((Path(__file__).parent / "queries.toml").read_text("utf-8"))


@pytest.mark.parametrize("topic", TOPICS)
def test_the_page_comes_first(page: Page, built: str, topic: str) -> None:
    """Search as the site does it, in the built index."""
    page.goto(built)
    box = page.get_by_role("textbox", name="Search")
    first = page.locator(".md-search-result__item > a").first
    found = {}
    for name, queries in TOPICS[topic].items():
        for query in queries:
            box.fill("")
            expect(first).to_have_count(0)
            box.fill(query)
            expect(first).to_be_attached()
            found[query] = (name, (first.get_attribute("href") or "").removeprefix(built).partition("/?")[0])
    assert {query: pair for query, pair in found.items() if pair[0] != pair[1]} == {}
