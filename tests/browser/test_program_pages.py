"""The pages of programs: every block runs, with the files as the reader has them."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .driver import Block
from .test_axe import LOOKS, Scheme, look, violations

DOCS = Path(__file__).parents[2] / "docs" / "programs"
NAMES = sorted(file.stem for file in DOCS.glob("*.md") if file.stem != "index")
CRAWLER = "programs/crawler/"
FETCHING = "src/crawler/fetching.py"


@pytest.mark.parametrize("name", NAMES)
def test_blocks_run(page: Page, built: str, name: str) -> None:
    """Each that runs in a browser, the program's tests among them, does what the build recorded."""
    page.goto(f"{built}programs/{name}/")
    expect(page.locator(".pp-block").first).to_be_visible()
    for root in page.locator(".pp-block[data-runnable]").all():
        block = Block(page, int((root.get_attribute("id") or "").removeprefix("block-")))
        block.run_until("done")
        expect(block.status).to_have_text("Same output as recorded.")


def test_edited_file(page: Page, built: str) -> None:
    """Blocks run with a file as it has been edited, also after a reload; Reset brings it back."""
    page.goto(f"{built}{CRAWLER}")
    file = page.locator(f"[data-file='{FETCHING}']")
    status = file.locator(".pp-actions").get_by_role("status")
    block = Block(page, 1)
    file.locator("summary").click()
    file.get_by_role("button", name=f"Edit {FETCHING}").click()
    editor = file.get_by_role("textbox", name=FETCHING)
    expect(editor).to_be_focused()
    editor.fill("raise RuntimeError('as edited')")
    expect(status).to_have_text("Edited: blocks on this page run with it")
    block.run_until("error")
    expect(block.screen).to_contain_text("RuntimeError: as edited")
    expect(block.status).not_to_contain_text("recorded")
    page.reload()
    expect(status).to_have_text("Edited: blocks on this page run with it")
    block.run_until("error")
    file.get_by_role("button", name=f"Reset {FETCHING}").click()
    expect(file.get_by_role("button", name=f"Edit {FETCHING}")).to_be_focused()
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")


def test_what_is_checked(page: Page, built: str) -> None:
    """mypy in the page has no files of the program: Lint alone is offered."""
    page.goto(f"{built}{CRAWLER}")
    block = Block(page, 1)
    block.menu.click()
    expect(block.button("Lint")).to_be_visible()
    expect(block.button("Types")).to_have_count(0)


def test_from_rule_to_program(page: Page, built: str) -> None:
    """A rule names the programs that show it, and a program its rules; an excerpt leads to its file."""
    page.goto(f"{built}async/timeouts/#programs")
    page.get_by_role("link", name="Crawl a site without losing pages").click()
    expect(page).to_have_url(f"{built}{CRAWLER}")
    rules = page.locator("#rules + ul")
    expect(rules).to_contain_text("PX010")
    page.locator(".pp-excerpt-file").get_by_role("link", name=FETCHING).first.click()
    expect(page.locator(f"[data-file='{FETCHING}'] .pp-code")).to_be_visible()


@LOOKS
def test_axe(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """All is open, and one file is being edited."""
    look(page, scheme, width)
    page.goto(f"{built}{CRAWLER}")
    page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    page.get_by_role("button", name=f"Edit {FETCHING}").click()
    expect(page.get_by_role("textbox", name=FETCHING)).to_be_visible()
    assert violations(page, axe) == []


def test_as_markdown(built_folder: Path) -> None:
    """What agents read has the excerpts in it, each below the name of its file."""
    text = (built_folder / CRAWLER / "index.html.md").read_text("utf-8")
    assert "```excerpt" not in text
    assert f"`{FETCHING}`:\n\n```python\nasync def _read(" in text
