"""Find a Chromium for the browser tests: the machine's, Playwright's, or npm's."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from proven.project import digest
from proven.toolchain import node

ROOT = Path(__file__).parents[2]

SHELL = "chromium-headless-shell"
"""Opens pages three times as fast as a browser that could show them."""

COMMANDS = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "msedge",
    "microsoft-edge",
)

MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)

WINDOWS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)

ARGUMENTS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=WebAssemblyTrapHandler",  # headless shells die of the signal that it is to handle
    "--js-flags=--liftoff-only",  # optimising Python's WebAssembly takes longer than a test gains by it
)


class NoBrowser(Exception):
    """There is none; the message says what to install."""


def arguments() -> list[str]:
    """The command-line arguments that the tests start Chromium with."""
    return [*ARGUMENTS, *unconfined()]


def unconfined() -> list[str]:
    """The argument that Chromium takes to start at all as root, whom its sandbox refuses."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def shell() -> Path | None:
    """The machine's own headless shell."""
    return Path(path) if (path := shutil.which(SHELL)) else None


def installed() -> Path | None:
    """The machine's own Chrome, Chromium or Edge."""
    return next((path for path in _usual_places() if path.is_file()), None)


def _usual_places() -> Iterator[Path]:
    yield from (Path(path) for command in COMMANDS if (path := shutil.which(command)))
    if sys.platform == "darwin":
        yield from map(Path, MAC)
    if sys.platform == "win32":
        homes = [
            os.environ[name]
            for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
            if name in os.environ
        ]
        yield from (Path(home, place) for home in homes for place in WINDOWS)


ASKS = """from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)"""


@cache
def playwrights() -> Path | None:
    """The Chromium that `playwright install` has put on this machine.

    Asked for in another process: Playwright cannot be started twice in one, and who asks may have done so.
    """
    path = Path(_output([sys.executable, "-c", ASKS], ROOT).strip())
    return path if path.is_file() else None


def npms() -> Path | None:
    """A Chromium for Linux from the npm registry, fetched once into the project's cache.

    Raises:
        NoBrowser: npm cannot fetch or unpack it.
    """
    if not sys.platform.startswith("linux"):
        return None
    package = Path(__file__).parent / "chromium"
    lock = digest([package / "package-lock.json"])
    folder = ROOT / ".proven" / f"chromium-{lock}"
    shutil.copytree(package, folder, dirs_exist_ok=True)
    try:
        if not (folder / "node_modules" / ".package-lock.json").is_file():  # npm writes it last
            _output(node.npm("ci", "--ignore-scripts", "--no-audit", "--no-fund"), folder)
        return Path(_output(node.node("path.mjs"), folder).strip())
    except subprocess.CalledProcessError as error:
        raise NoBrowser(f"npm's @sparticuz/chromium cannot be had:\n{error.stderr.strip()}") from None


def _output(command: list[str], folder: Path) -> str:
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


ANY = (shell, installed, playwrights, npms)
READERS = (installed, playwrights, npms)
"""Browsers as readers have them, first."""


def find(sources: tuple[Callable[[], Path | None], ...] = ANY) -> Path:
    """The first Chromium that one of the sources has.

    Raises:
        NoBrowser: None of them has one.
    """
    problems = []
    for source in sources:
        try:
            if path := source():
                return path
        except NoBrowser as problem:
            problems.append(str(problem))
    advice = (
        "The browser tests need Chrome or Chromium: install one, or run `uv run playwright install chromium`."
    )
    raise NoBrowser("\n".join([advice, *problems]))
