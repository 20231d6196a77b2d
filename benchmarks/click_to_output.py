"""How long readers wait from a click on Run to the first output.

    uv run python -m benchmarks.click_to_output [SITE] [PAGE] [--rounds N]

Each round visits the built page and, in between, a bare page that loads the same
Pyodide plainly in a worker on click and runs the same code: each with a new
browser profile (cold) and again after a restart of the browser (warm). Times are
in milliseconds; a ratio is to the bare page's time in the same round. A busy
machine distorts the ratios too: the load is printed first.
"""

import argparse
import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Page, Playwright, expect, sync_playwright

from proven.project import BROWSER
from tests.browser import chrome

BARE = Path(__file__).parent / "bare"

CLICK = """
(block) => new Promise((resolve) => {
  const clicked = performance.now();
  new MutationObserver(() => {
    if (block.querySelector(".pp-screen")?.textContent) resolve(performance.now() - clicked);
  }).observe(block, { childList: true, subtree: true });
  block.querySelector(".pp-run").click();
})
"""

FIRST_BLOCK = ".pp-block[data-runnable]:has(.pp-output:not(.pp-empty))"


class Handler(SimpleHTTPRequestHandler):
    """Serves the built site, and the bare page beside it under /bare/."""

    def translate_path(self, path: str) -> str:
        """The file for a path."""
        name = path.removeprefix("/bare/")
        return super().translate_path(path) if name == path else str(BARE / (name or "index.html"))

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Server(ThreadingHTTPServer):
    """Ignores browsers that close in the middle of a download."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder, and give its address."""
    with Server(("127.0.0.1", 0), partial(Handler, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@contextmanager
def profile_page(playwright: Playwright, profile: Path) -> Iterator[Page]:
    """A tab of a browser that has just been started with a profile."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chrome.find(), args=chrome.arguments()
    )
    yield context.pages[0]
    context.close()


def ours(page: Page, url: str, hover: float = 0) -> float:
    """Time the first block that prints, clicked at once or after the pointer has rested on it."""
    page.goto(url, wait_until="networkidle")
    block = page.locator(FIRST_BLOCK).first
    if hover:
        block.hover()
        page.wait_for_timeout(hover * 1000)
    time = float(block.evaluate(CLICK))
    # A run that fails is quick too, and is no measurement.
    expect(block.locator(".pp-status")).to_have_text(re.compile("^Same output"))
    expect(block).to_have_attribute("data-start", "snapshot")
    return time


def bare(page: Page, url: str, origin: str, runtime: str) -> float:
    """Time the bare page with the code of that block."""
    page.goto(url, wait_until="networkidle")
    data = json.loads(page.locator(FIRST_BLOCK).first.locator(".pp-data").text_content() or "")
    source = "".join(one["source"] for one in data["sources"])
    page.goto(f"{origin}/bare/", wait_until="networkidle")
    return float(page.evaluate("job => run(job)", {"runtime": runtime, "source": source}))


def measure(
    playwright: Playwright, origin: str, path: str, runtime: str, bare_first: bool
) -> dict[str, tuple[float, float]]:
    """One round: for each figure, ours and the bare page's time."""
    url = f"{origin}/{path}"
    ways: dict[str, Callable[[Page], float]] = {
        "bare": lambda page: bare(page, url, origin, runtime),
        "click at once": lambda page: ours(page, url),
        "click after 1 s of hover": lambda page: ours(page, url, hover=1),
    }
    times = {}
    for way, visit in sorted(ways.items(), key=lambda item: item[0] == "bare", reverse=bare_first):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            for kind in ("cold", "warm"):
                with profile_page(playwright, Path(profile)) as page:
                    times[way, kind] = visit(page)
    return {
        f"{kind} profile, {way}": (times[way, kind], times["bare", kind])
        for way in list(ways)[1:]
        for kind in ("cold", "warm")
    }


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the built site's folder")
    parser.add_argument("page", nargs="?", default="", help="a page in it, such as async/task-references/")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def main() -> None:
    """Measure, printing each round and then the medians."""
    options = arguments()
    folder = next(path for path in (options.site / "assets" / "runtime").iterdir() if path.is_dir())
    rounds = []
    print(f"load average of the last minute: {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores")
    with served(options.site) as origin, sync_playwright() as playwright:
        for number in range(1, options.rounds + 1):
            figures = measure(
                playwright,
                origin,
                options.page,
                f"{origin}/assets/runtime/{folder.name}/{BROWSER}/",
                number % 2 == 1,
            )
            rounds.append(figures)
            for name, (our, their) in figures.items():
                print(
                    f"{number}  {name:40} {our:7.0f}  bare {their:7.0f}  ratio {our / their:.3f}",
                    flush=True,
                )
    print("\nmedians")
    for name in rounds[0]:
        our = median(figures[name][0] for figures in rounds)
        their = median(figures[name][1] for figures in rounds)
        ratio = median(figures[name][0] / figures[name][1] for figures in rounds)
        print(f"   {name:40} {our:7.0f}  bare {their:7.0f}  ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
