"""The pages of notebooks: cells run with all that is above them, and can be taken along."""

import gzip
import statistics
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Page, expect

from .driver import Block
from .test_axe import LOOKS, Scheme, look, violations
from .test_site import FILES, RULES, address

NOTEBOOKS = [file for file in FILES if file.suffix == ".py"]
BY_NAME = pytest.mark.parametrize("file", NOTEBOOKS, ids=lambda file: file.stem)
MORE = 15_000
"""Bytes that a page of a notebook may have more than one of a rule, compressed."""


@BY_NAME
def test_cells_run(page: Page, built: str, file: Path) -> None:
    """The last cell that a browser can run, and with it all above it, does what the build recorded."""
    page.goto(f"{built}{address(file)}")
    expect(page.locator(".pp-block").first).to_be_visible()
    for root in page.locator(".pp-block[data-runnable]").all()[-1:]:
        block = Block(page, int((root.get_attribute("id") or "").removeprefix("block-")))
        block.button("Run").click()
        block.reaches("done", "error")
        expect(block.status).to_have_text("Same output as recorded.")


@BY_NAME
def test_size(built_folder: Path, file: Path) -> None:
    """A page has little more to be fetched than a rule's has: figures come when they are seen."""

    def size(source: Path) -> int:
        return len(gzip.compress((built_folder / address(source) / "index.html").read_bytes()))

    assert size(file) < statistics.median(map(size, RULES)) + MORE


@BY_NAME
def test_download(page: Page, built: str, file: Path) -> None:
    """What is downloaded for Jupyter is valid, and has an output for each cell that shows one on the page."""
    page.goto(f"{built}{address(file)}")
    shown = page.locator(".pp-output:not(.pp-empty)").count()
    with page.expect_download() as download:
        page.get_by_role("link", name=f"Download {file.stem}.ipynb").click()
    notebook = nbformat.read(download.value.path(), nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    assert sum(bool(cell.get("outputs")) for cell in notebook.cells) == shown


def test_from_rule_to_notebook(page: Page, built: str) -> None:
    """A rule names the notebooks that show it."""
    page.goto(f"{built}async/task-groups/#programs")
    page.get_by_role("link", name="Read what a TaskGroup raises").click()
    expect(page).to_have_url(f"{built}notebooks/read-a-task-group-failure/")


@LOOKS
def test_axe(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """One with tables and figures."""
    look(page, scheme, width)
    page.goto(f"{built}notebooks/clean-sales/")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    assert violations(page, axe) == []
