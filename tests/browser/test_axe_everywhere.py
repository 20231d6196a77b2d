"""axe-core finds nothing on pages of the site, with all that is folded opened."""

import random
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page

from ..sampling import ALL, sampled, seed
from ..workspace import ROOT
from .conftest import PATIENCE
from .test_axe import SMALL, violations
from .test_site import FILES, address

type Device = Literal["desktop", "touch"]
type Look = tuple[Literal["light", "dark"], Device]

DEVICES: Mapping[Device, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1600, "height": 1000}},
    "touch": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
LOOKS: list[Look] = list(product(("light", "dark"), DEVICES))

FOLDERS = sorted({file.parent for file in FILES})
PAGES = {
    folder.relative_to(ROOT).as_posix(): [address(file) for file in FILES if file.parent == folder]
    for folder in FOLDERS
}
PAGES["docs"].append("404.html")

OPEN = """() => {
  for (const fold of document.querySelectorAll(".pp-fold, .pp-hidden, .pp-verified")) fold.open = true;
}"""
MADE = """() => [...document.querySelectorAll(".pp-block:has(> .pp-data)")].every(
  (block) => block.querySelector(".pp-menu"),
)"""

NEEDED = {"landmark-one-main", "landmark-unique", "link-in-text-block", "scrollable-region-focusable"}


@pytest.fixture
def tabs(browser: Browser) -> Iterator[dict[Look, Page]]:
    """A tab for each way to look at the site."""
    with ExitStack() as stack:
        made = {}
        for scheme, device in LOOKS:
            options = {"color_scheme": scheme, "reduced_motion": "reduce", **DEVICES[device]}
            context = stack.enter_context(browser.new_context(**options))
            context.set_default_timeout(PATIENCE)
            made[scheme, device] = context.new_page()
        yield made


@pytest.mark.parametrize("folder", PAGES)
def test_every_page(tabs: dict[Look, Page], built: str, axe: str, folder: str) -> None:
    """Some pages, in one of the ways to look, as the seed has it; all, in all ways, with PROVEN_ALL."""
    chooser = random.Random(seed())
    wrong = []
    for path in sampled(PAGES[folder], 30):
        for look in LOOKS if ALL else [chooser.choice(LOOKS)]:
            page = tabs[look]
            page.goto(built + path)
            page.evaluate(OPEN)
            page.wait_for_function(MADE)
            seen = [*violations(page, axe), *map(str, page.evaluate(SMALL))]
            wrong += [f"{path} {' '.join(look)}: {violation}" for violation in seen]
    assert not wrong, "\n".join(["", *wrong])


def test_what_axe_looks_for(page: Page, built: str, axe: str) -> None:
    """axe-core looks at landmarks, at links in text and at what scrolls, without being asked for them."""
    page.goto(built)
    page.evaluate(axe)
    result = page.evaluate("axe.run()")
    kinds = ("violations", "passes", "incomplete", "inapplicable")
    assert {rule["id"] for kind in kinds for rule in result[kind]} >= NEEDED
