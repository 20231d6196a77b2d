"""How often the site's search leads readers to the right page.

    uv run python -m benchmarks.search [SITE]

Two sets of queries are typed into the search of the built site: those that the site's keywords were written
for, and further ones, which were written by people who had not seen its pages. Printed are, for each set, how
many led to a right page first, and among the first three, and what did not come first; then the size of the
index and of its worker, compressed with gzip. The exit status is 1 when a goal is missed: of each set at
least 85% right at first and 97% among three.
"""

import argparse
import gzip
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from playwright.sync_api import sync_playwright

from benchmarks.runner import served
from tests.browser import chrome, searching
from tests.browser.searching import SearchBox


def measure(search: SearchBox, queries: Mapping[str, Sequence[str]]) -> tuple[float, float]:
    """Search for all queries, and print what does not come first; the shares at first and among three."""
    places = search.places(queries)
    for query, place in places.items():
        if place != 0:
            where = "is not found" if place is None else f"comes {place + 1}."
            print(f"    {query!r}: {' or '.join(queries[query])} {where}")
    first, three = (sum(place in range(most) for place in places.values()) for most in (1, 3))
    return first / len(queries), three / len(queries)


def main() -> None:
    """Measure both sets, and print them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the built site's folder")
    folder: Path = parser.parse_args().site
    reached = True
    with served(folder) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome.find(), args=chrome.arguments())
        page = browser.new_page()
        page.goto(origin)
        search = SearchBox(page)
        for name, queries in (("listed", searching.listed()), ("further", searching.further())):
            first, three = measure(search, queries)
            reached = reached and first >= searching.FIRST and three >= searching.AMONG_THREE
            print(f"{name:8} {len(queries)} queries, {first:.1%} right at first, {three:.1%} among three")
        browser.close()
    for name in ("search/search_index.json", "assets/runner/search.js"):
        print(f"{name}: {len(gzip.compress((folder / name).read_bytes())):,} bytes")
    sys.exit(not reached)


if __name__ == "__main__":
    main()
