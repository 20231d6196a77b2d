"""What readers do to a block, and what they see of it."""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Locator, Page, Request, Route, expect

from .page import Example, Site

expect.set_options(timeout=60_000)

SAME_PLACE = 2
"""Pixels: fonts have widths that are no whole ones, and are rounded where an element begins."""


class Block:
    """A block as a reader meets it."""

    def __init__(self, page: Page, number: int = 1) -> None:
        self.root = page.locator(f"#block-{number}")
        self.output = self.root.get_by_role("region", name="Output")
        self.screen = self.output.locator("> pre")
        self.status = self.output.locator(".pp-status")
        self.note = self.output.locator("> .pp-note")
        self.editor = self.root.get_by_role("textbox", name=f"Code of example {number}")
        self.marks = self.editor.locator(".pp-mark")
        self.findings = self.root.get_by_role("list", name="Findings")
        self.notice = self.root.locator(".pp-notice")
        self.menu = self.root.locator(".pp-menu > summary")

    @property
    def text(self) -> str:
        """What is in the editor."""
        lines = "code => [...code.querySelectorAll('.cm-line')].map(line => line.textContent).join('\\n')"
        return str(self.editor.evaluate(lines))

    def button(self, name: str) -> Locator:
        """One of its buttons, by the word that is on it."""
        return self.root.get_by_role("button", name=re.compile(f"^{name}\\b"))

    def menu_item(self, name: str) -> Locator:
        """One of the buttons of its menu, which is opened for it."""
        menu = self.root.locator(".pp-menu")
        if menu.get_attribute("open") is None:
            self.menu.click()
        return menu.get_by_role("button", name=re.compile(f"^{name}\\b"))

    def reaches(self, *states: str) -> None:
        """Wait until it is in one of these states; `expect()` would describe the page each time it looks."""
        wanted = ", ".join(f"[data-state='{state}']" for state in states)
        self.root.and_(self.root.page.locator(wanted)).wait_for(state="attached")

    def run(self) -> None:
        """Press Run."""
        self.button("Run").click()

    def run_until(self, state: str) -> None:
        """Press Run, and wait until it is in a state."""
        self.run()
        self.reaches(state)


def box(block: Block) -> list[float]:
    """Where a block is, and how large."""
    place = block.root.bounding_box()
    assert place
    return [place["x"], place["y"], place["width"], place["height"]]


def in_place(before: list[float], after: list[float]) -> bool:
    """Whether nothing moved as far as anybody could see."""
    return after == pytest.approx(before, abs=SAME_PLACE)


def opened(page: Page, site: Site, *examples: Example, detectors: Iterable[str] = ()) -> Block:
    """Open a page with these examples, which declares some rules of Ruff; its first block."""
    page.goto(site.page(*examples, detectors=detectors))
    return Block(page)


def requested(page: Page, pattern: str) -> list[str]:
    """The names of files that the page goes on to request, whose addresses match a pattern."""
    names: list[str] = []

    def note(request: Request) -> None:
        if re.search(pattern, request.url):
            names.append(request.url.rsplit("/", 1)[1])

    page.context.on("request", note)
    return names


@contextmanager
def _answered(page: Page, names: Iterable[str], answer: Callable[[Route], object]) -> Iterator[None]:
    """Answer requests for files; then they are served again.

    Their routes stay: when the last one goes, Chromium may drop what it has in hand, such as the files of a
    spare interpreter, which then never starts.
    """
    answering = True
    for name in names:
        page.context.route(f"**/{name}", lambda route: answer(route) if answering else route.continue_())
    yield
    answering = False


def missing(page: Page, *names: str) -> AbstractContextManager[None]:
    """Answer 404 for files."""
    return _answered(page, names, lambda route: route.fulfill(status=404))


@contextmanager
def held(page: Page, name: str) -> Iterator[None]:
    """Do not answer requests for a file."""
    routes: list[Route] = []
    with _answered(page, [name], routes.append):
        yield
    for route in routes:
        route.abort()  # the next request for the same file may wait for this one
