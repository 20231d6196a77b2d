"""How long readers wait for the output of a block, and what travels for it.

    uv run python -m benchmarks.runner [SITE] [PAGE] [--hello] [--rounds N]

Each round visits the built page and, in between, a bare page that loads the same
Pyodide plainly in a worker on click and runs the same code: each with a new
browser profile (cold) and again after a restart of the browser (warm). With
`--hello` the code is one print, and there is a bare page too that starts from the
snapshot that Pyodide itself makes: the floor (asyncio does not run there). Times are
in milliseconds from the click to the first output; a ratio is to the bare page's
time in the same round. A busy machine distorts the ratios too: the load is
printed first.

Bytes are those of every file that a new profile asks for, each compressed with
gzip as a server would. The longest task of the main thread is that between the
click and the verdict; the browser reports tasks of 50 ms and more.
"""

import argparse
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from threading import Thread

from playwright.sync_api import Locator, Page, Playwright, expect, sync_playwright

from benchmarks import bytes_of
from proven.project import BROWSER
from proven.toolchain.node import node
from proven.toolchain.product import run
from tests.browser import chrome
from tests.browser.page import Example, Site

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

WATCH_TASKS = """
globalThis.longest = 0;
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
}).observe({ type: "longtask" });
"""

FIRST_BLOCK = ".pp-block[data-runnable]:has(.pp-output:not(.pp-empty))"

ENDLESS = Example("print('on')\nwhile True:\n    pass\n")
HELLO = Example("print('hello')\n", "hello\n")

expect.set_options(timeout=60_000)

type Times = dict[tuple[str, str], float]


class Handler(SimpleHTTPRequestHandler):
    """Serves the built site, and the bare page beside it under /bare/."""

    def translate_path(self, path: str) -> str:
        """The file for a path."""
        name = path.removeprefix("/bare/")
        if name == path:  # the site has Pyodide's modules as .js, and Pyodide asks for .mjs
            return super().translate_path(re.sub(r"\.mjs$", ".js", path))
        return str(BARE / (name or "index.html"))

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
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextmanager
def profile_page(playwright: Playwright, profile: Path) -> Iterator[Page]:
    """A tab of a browser that has just been started with a profile."""
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chrome.find(chrome.READERS), args=chrome.unconfined()
    )
    yield context.pages[0]
    context.close()


def click(block: Locator) -> float:
    """Time a click on Run; a run that fails is quick too, and is no measurement."""
    time = float(block.evaluate(CLICK))
    expect(block.locator(".pp-status")).to_have_text(re.compile("^Same output"))
    expect(block).to_have_attribute("data-start", "snapshot")
    return time


def ours(page: Page, url: str, hover: float = 0) -> float:
    """Time the first block that prints, clicked at once or after the pointer has rested on it."""
    page.goto(url, wait_until="networkidle")
    block = page.locator(FIRST_BLOCK).first
    if hover:
        block.hover()
        page.wait_for_timeout(hover * 1000)
    return click(block)


def stopped(page: Page, url: str) -> float:
    """Time a run right after an endless one was stopped."""
    page.goto(url, wait_until="networkidle")
    endless = page.locator("#block-1")
    endless.locator(".pp-run").click()
    expect(endless.locator(".pp-screen")).to_have_text("on\n")
    page.wait_for_timeout(2000)  # the reader sees that it does not end
    endless.locator(".pp-stop").click()
    return click(page.locator("#block-2"))


def bare(page: Page, url: str, origin: str, runtime: str, snapshot: str | None = None) -> float:
    """Time the bare page with the code of that block."""
    page.goto(url, wait_until="networkidle")
    data = json.loads(page.locator(FIRST_BLOCK).first.locator(".pp-data").text_content() or "")
    source = "".join(part["source"] for part in data["sources"])
    page.goto(f"{origin}bare/", wait_until="networkidle")
    job = {"runtime": runtime, "source": source, "snapshot": snapshot}
    return float(page.evaluate("job => run(job)", job))


def measure(playwright: Playwright, ways: dict[str, Callable[[Page], float]], last: str) -> Times:
    """One round: the time of each way in a new profile, and then after a restart."""
    times = {}
    for way, visit in sorted(ways.items(), key=lambda item: item[0] == last):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            for kind in ("cold", "warm"):
                with profile_page(playwright, Path(profile)) as page:
                    times[kind, way] = visit(page)
    return times


def longest_task(playwright: Playwright, url: str) -> float:
    """The longest task, in milliseconds, from the click to the verdict in a new profile."""
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile,
        profile_page(playwright, Path(profile)) as page,
    ):
        page.goto(url, wait_until="networkidle")
        page.evaluate(WATCH_TASKS)
        click(page.locator(FIRST_BLOCK).first)
        return float(page.evaluate("longest"))


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the built site's folder")
    parser.add_argument("page", nargs="?", default="async/task-groups/", help="a page in it; the first rule")
    parser.add_argument("--hello", action="store_true", help="measure one print, and the floor")
    parser.add_argument("--rounds", type=int, default=5)
    return parser.parse_args()


def report(rounds: list[Times]) -> None:
    """Print medians, and the medians of the ratios of each round."""
    print("\nmedians of", len(rounds), "rounds")
    for kind, way in rounds[0]:
        if way == "bare":
            continue
        our = median(times[kind, way] for times in rounds)
        their = median(times[kind, "bare"] for times in rounds)
        ratio = median(times[kind, way] / times[kind, "bare"] for times in rounds)
        print(f"   {kind} profile, {way:26} {our:7.0f} ms, bare {their:7.0f} ms: {ratio:.3f}")


def main() -> None:
    """Measure, and print the figures."""
    options = arguments()
    print(f"load average of the last minute: {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores", flush=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "site"
        shutil.copytree(options.site, folder)
        with served(folder) as origin:
            site = Site(folder, origin)
            url = site.page(HELLO) if options.hello else origin + options.page
            (made,) = (path for path in (folder / "assets" / "runtime").iterdir() if path.is_dir())
            runtime = f"{origin}assets/runtime/{made.name}/{BROWSER}/"
            endless = site.page(ENDLESS, HELLO)
            ways: dict[str, Callable[[Page], float]] = {
                "bare": lambda page: bare(page, url, origin, runtime),
                "click at once": lambda page: ours(page, url),
                "click after 1 s of hover": lambda page: ours(page, url, hover=1),
                "Run after Stop": lambda page: stopped(page, endless),
            }
            if options.hello:
                run(node(BARE / "snapshot.mjs", made / BROWSER, folder / "plain.bin"), folder)
                ways["bare with a snapshot"] = lambda page: bare(
                    page, url, origin, runtime, f"{origin}plain.bin"
                )
            rounds = [measure(playwright, ways, list(ways)[index % 2]) for index in range(options.rounds)]
            report(rounds)
            tasks = [longest_task(playwright, url) for _ in range(options.rounds)]
            print(f"   longest task of the main thread: {max(tasks) or 'under 50'} ms")
            before, by_output = bytes_of.transferred(playwright, folder, url, FIRST_BLOCK)
            kilobytes, megabytes = before / 1000, by_output / 1e6
            print(f"   bytes before a click: {kilobytes:.0f} kB, by the first output: {megabytes:.1f} MB")


if __name__ == "__main__":
    main()
