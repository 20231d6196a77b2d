"""What readers meet as a rule's page opens: how much of it, and how far the answer is.

    uv run python -m benchmarks.pages [SITE]

Every rule of the built site is opened on a desktop (1280 x 900) and on a phone (390 x 844). Printed are the
median and the worst page of: the page's height and where Prefer's code begins, in screens; controls, which
are buttons, fields, tabs and what opens something, as far as they are not folded away; presses of Tab from
the skip link to the first Run; the sheets of A4 that it takes on paper, where all is unfolded; and the bytes
that travel before a click, compressed with gzip. A goal that is missed is marked, and the exit status is 1.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.bytes_of import note_requests
from benchmarks.runner import served
from tests.browser import chrome

SCREENS = {"desktop": (1280, 900), "phone": (390, 844)}

MEASURE = """() => ({
  height: document.documentElement.scrollHeight / innerHeight,
  prefer: document.querySelector("[data-side=prefer] .pp-main").getBoundingClientRect().top / innerHeight,
  controls: [...document.querySelectorAll("button, input, select, textarea, summary, [role=tab]")]
    .filter((control) => control.checkVisibility({ visibilityProperty: true })).length,
})"""

MOST_STOPS = 40


@dataclass(frozen=True)
class Goal:
    """What a figure may be: in the median of all pages, and on the worst."""

    figure: str
    screen: str
    middle: float | None = None
    worst: float | None = None


GOALS = (
    Goal("height", "desktop", middle=2.5),
    Goal("prefer", "desktop", worst=1.0),
    Goal("prefer", "phone", worst=2.0),
    Goal("controls", "desktop", middle=30),
    Goal("stops", "desktop", worst=8),
    Goal("sheets", "desktop", worst=2),
    Goal("bytes", "desktop", middle=95_000, worst=95_000),
)

type Figures = dict[tuple[str, str], dict[str, float]]
"""By figure and screen, the value of each page."""


def stops(page: Page) -> int:
    """The presses of Tab from the skip link to the first Run; 0 where what is shown does not run here."""
    if not any(button.is_visible() for button in page.locator(".pp-run").all()):
        return 0
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for count in range(1, MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('pp-run')"):
            return count
    return MOST_STOPS


def measure(browser: Browser, folder: Path, origin: str, address: str) -> Iterator[tuple[str, str, float]]:
    """The figures of one page: name, screen and value."""
    for screen, (width, height) in SCREENS.items():
        context = browser.new_context(viewport={"width": width, "height": height}, service_workers="block")
        asked = note_requests(context, folder)
        page = context.new_page()
        page.goto(origin + address, wait_until="networkidle")
        for figure, value in page.evaluate(MEASURE).items():
            yield figure, screen, value
        yield "bytes", screen, sum(asked.values())
        if screen == "desktop":
            yield "stops", screen, stops(page)
            yield "sheets", screen, len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))
        context.close()


def report(figures: Figures) -> bool:
    """Print all figures; whether every goal is reached."""
    reached = True
    goals = {(goal.figure, goal.screen): goal for goal in GOALS}
    for (figure, screen), values in sorted(figures.items()):
        worst = max(values, key=lambda address: values[address])
        goal = goals.get((figure, screen), Goal(figure, screen))
        marks = [
            f"  MISSED: at most {limit:g}"
            for value, limit in ((median(values.values()), goal.middle), (values[worst], goal.worst))
            if limit is not None and value > limit
        ]
        reached = reached and not marks
        line = (
            f"{figure:9} {screen:8} median {median(values.values()):9.2f}  worst {values[worst]:9.2f} {worst}"
        )
        print(line + "".join(marks))
    return reached


def main() -> None:
    """Measure all rules, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the built site's folder")
    folder: Path = parser.parse_args().site
    rules = json.loads((folder / "rules.json").read_text("utf-8"))["rules"]
    addresses = [f"{rule['name']}/" for rule in rules]
    figures: Figures = {}
    with served(folder) as origin, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chrome.find(), args=chrome.arguments())
        for count, address in enumerate(addresses, 1):
            print(f"\r{count} of {len(addresses)}", end="", file=sys.stderr, flush=True)
            for figure, screen, value in measure(browser, folder, origin, address):
                figures.setdefault((figure, screen), {})[address] = value
        browser.close()
    print(file=sys.stderr)
    sys.exit(not report(figures))


if __name__ == "__main__":
    main()
