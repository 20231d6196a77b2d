"""What travels for a page, compressed with gzip."""

import gzip
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import BrowserContext, Playwright, Request, expect

from tests.browser import chrome


def note_requests(context: BrowserContext, folder: Path) -> dict[str, int]:
    """Note the files of a served folder that pages ask for from now on: path to bytes."""
    asked: dict[str, int] = {}

    def note(request: Request) -> None:
        path = unquote(urlsplit(request.url).path)
        file = folder / path.removeprefix("/")
        file = file / "index.html" if file.is_dir() else file
        if request.url.startswith("http") and file.is_file():
            asked[path] = _compressed(file)

    context.on("request", note)
    return asked


@cache
def _compressed(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9))


def transferred(playwright: Playwright, folder: Path, url: str, block: str) -> tuple[int, int]:
    """Bytes that a new profile gets for a page, and for the first output of a block.

    Args:
        playwright: What starts the browser.
        folder: The served folder.
        url: The page's address.
        block: The selector of blocks; the first is run.

    Returns:
        The bytes before the click, and all the bytes by the time of the output.
    """
    browser = playwright.chromium.launch(executable_path=chrome.find(), args=chrome.arguments())
    context = browser.new_context(service_workers="block")  # it fetches for the next visit
    asked = note_requests(context, folder)
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    before = sum(asked.values())
    first = page.locator(block).first
    first.locator(".pp-run").click()
    expect(first.locator(".pp-screen")).not_to_be_empty()
    total = sum(asked.values())
    browser.close()
    return before, total
