"""What the page "Check your code" takes for 10,000 lines, beside `proven check` on the same files.

    uv run python -m benchmarks.check_page [SITE] [--lines N] [--rounds N]

The code is the beginning of this Python's standard library: as the files that it is in, and as a single
file. The page has loaded its tools before, with a line. Seconds are medians of the rounds, from the moment
that files are opened until the page says what was found in all of them; the last column is the ratio to the
command in the same round.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from playwright.sync_api import Browser, sync_playwright

from benchmarks.checking import seconds, write_code
from tests.browser import chrome
from tests.browser.conftest import served

_PATIENCE = 300_000

_DONE = """
(end) => document.querySelector(".pp-scan-status [role=status]").textContent.includes(end)
"""


def page_seconds(browser: Browser, url: str, files: list[Path]) -> float:
    """How long the page takes to say what is in some files."""
    page = browser.new_page()
    page.goto(f"{url}check/")
    chooser = page.locator(".pp-scan input[type=file]")
    chooser.set_input_files({"name": "warm.py", "mimeType": "text/x-python", "buffer": b"x = 1\n"})
    page.wait_for_function(_DONE, arg=" took ", timeout=_PATIENCE)
    start = perf_counter()
    chooser.set_input_files(files)
    page.wait_for_function(_DONE, arg=f" in {len(files) + 1} files", timeout=_PATIENCE)
    taken = perf_counter() - start
    page.close()
    return taken


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"))
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, served(options.site) as url, sync_playwright() as playwright:
        several, whole = Path(name, "several"), Path(name, "whole")
        lines = write_code(several, options.lines)
        whole.mkdir()
        files = sorted(several.rglob("*.py"))
        Path(whole, "all.py").write_text("\n".join(file.read_text("utf-8") for file in files), "utf-8")
        browser = playwright.chromium.launch(executable_path=chrome.find(), args=chrome.arguments())
        print(f"{lines} lines, {options.rounds} rounds")
        print("code        | page s | command s | ratio")
        for title, folder in ((f"{len(files)} files", several), ("1 file", whole)):
            command = [sys.executable, "-m", "proven", "check", "."]
            rounds = [
                (page_seconds(browser, url, sorted(folder.rglob("*.py"))), seconds(command, folder))
                for _ in range(options.rounds)
            ]
            ratio = median(taken / command for taken, command in rounds)
            shown = [median(taken) for taken in zip(*rounds, strict=True)]
            print(f"{title:11} | {shown[0]:6.2f} | {shown[1]:9.2f} | {ratio:5.1f}")
        browser.close()


if __name__ == "__main__":
    main()
