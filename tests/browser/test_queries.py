"""Readers who search for a thing find its page first: `queries.toml` has what they type."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import PATIENCE
from .searching import AMONG_THREE, FIRST, SearchBox, further, topics

TOPICS = topics()


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
    wanted = {query: name for name, queries in TOPICS[topic].items() for query in queries}
    wrong = [
        f"{query!r} should lead to {wanted[query]}, and leads to {first or 'no page'}"
        for query, pages in search.pages(wanted).items()
        if (first := next(iter(pages), "")) != wanted[query]
    ]
    assert not wrong, "\n".join(["", *wrong])


def test_further_queries(search: SearchBox) -> None:
    """What people type who have not seen the pages leads most of them to a right page at once."""
    places = [*search.places(further()).values()]
    assert sum(place == 0 for place in places) >= FIRST * len(places)
    assert sum(place in range(3) for place in places) >= AMONG_THREE * len(places)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("PX017", "Keep a reference to every task"),
        ("blocking call", "Keep blocking calls off the event loop"),
        ("never awaited", "Await every coroutine"),
    ],
)
def test_search(page: Page, built: str, query: str, title: str) -> None:
    """Search finds a rule by its code, a function and an error message."""
    page.goto(built)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__item").first).to_contain_text(title)


def test_a_rule_is_found_with_its_summary(page: Page, built: str) -> None:
    """What a search has found of a rule is its code, its title and its summary, with what matches marked."""
    page.goto(built)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("px17 garbage")
    result = page.locator(".md-search-result__link").first
    expect(result).to_contain_text("PX017 Keep a reference to every task")
    expect(result).to_contain_text("can be garbage collected before it has finished; start")
    expect(result.locator("mark")).to_have_text(["garbage"])


def test_an_exception_is_found_by_its_code(page: Page, built: str) -> None:
    """The code of an exception leads to its place on the page of the rule."""
    page.goto(built)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type("px010-ex2")
    page.locator(".md-search-result__link").first.click()
    expect(page).to_have_url(re.compile(r"/async/timeouts/.*#PX010-EX2$"))


def test_pasted_by_a_mouse(page: Page, built: str) -> None:
    """Text that comes without a key is searched too, and what is no word of any page finds nothing."""
    page.goto(built)
    box = page.get_by_role("textbox", name="Search")
    box.click()
    box.fill("RuntimeWarning: coroutine 'fetch' was never awaited")
    expect(page.locator(".md-search-result__item").first).to_contain_text("Await every coroutine")
    box.fill("qqxxzzw")
    expect(page.locator(".md-search-result__item")).to_have_count(0)
    expect(page.locator(".md-search-result__meta")).to_have_text("No matching documents")


def test_the_index_is_fetched_to_be_searched(page: Page, built: str) -> None:
    """A visit does without the largest file of all; a link that searches or marks words has it at once."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(built, wait_until="networkidle")
    assert "search_index.json" not in asked
    with page.expect_response("**/search_index.json"):
        page.locator("[data-md-component=search-query]").focus()
    for link, shown in (
        ("?q=taskgroup", ".md-search-result__item"),
        ("async/task-groups/?h=taskgroup", "mark"),
    ):
        page.goto(built + link)
        expect(page.locator(shown).first).to_be_attached()
    assert asked.count("search_index.json") == 3
