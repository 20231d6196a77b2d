"""A Chromium, and a site that it opens."""

import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import BinaryIO

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from proven.collect.pages import read_pages
from proven.model import Site as Rules
from proven.project import Project
from proven.publish import finish
from proven.rules import coverage
from proven.rules.coverage import CoverageMap

from ..conftest import Once
from ..workspace import Workspace
from . import chrome
from .page import Site

PATIENCE = 60_000
"""Milliseconds that a busy machine may take for what takes none on an idle one."""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without a line for each request."""

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """Send what there is now: to tell files by their time, to the second, is too coarse for a test."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class QuietServer(ThreadingHTTPServer):
    """Takes it calmly when a terminated worker no longer wants what it asked for."""

    def handle_error(self, request: object, client_address: object) -> None:
        """Report only what is the test's own fault."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """The Chromium that browser tests drive; without one they fail."""
    try:
        return chrome.find()
    except chrome.NoBrowser as problem:
        pytest.fail(str(problem), pytrace=False)


@pytest.fixture(scope="session")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A running Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=chrome.arguments())
        yield browser
        browser.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; its address."""
    with QuietServer(("127.0.0.1", 0), partial(QuietHandler, directory=folder)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def rules(tools: Project) -> CoverageMap:
    """The rules of the real site that cover what tools find."""
    return coverage.coverage(Rules(tuple(read_pages(tools, tools.pages()))), directories=True)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, tools: Project, rules: CoverageMap) -> Iterator[Site]:
    """A served folder with the runner's real assets in it, for pages of the tests' own."""
    folder = tmp_path_factory.mktemp("site")
    shutil.copytree(tools.assets, folder / "assets")
    finish.write(folder, rules)
    with served(folder) as url:
        yield Site(folder, url)


@pytest.fixture(scope="session")
def built_folder(once: Once, verified: Project) -> Path:
    """The real site, as `mkdocs build --strict` makes it."""

    def build(folder: Path) -> None:
        done = Workspace(verified.root).process("mkdocs", "build", "--strict", "--site-dir", str(folder))
        assert done.returncode == 0, done.stdout + done.stderr

    return once("built", build)


@pytest.fixture(scope="session")
def built(built_folder: Path) -> Iterator[str]:
    """The address of the real site."""
    with served(built_folder) as url:
        yield url


@pytest.fixture(scope="session")
def axe(tools: Project) -> str:
    """The source of axe-core."""
    return (tools.modules / "axe-core" / "axe.min.js").read_text("utf-8")


@pytest.fixture
def problems() -> list[str]:
    """What a page must not do; a test that provokes one clears the list."""
    return []


@pytest.fixture
def page(browser: Browser, problems: list[str]) -> Iterator[Page]:
    """A tab with a fresh profile; in the end nothing may have gone wrong behind the test's back."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()

    def on_console(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            problems.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith(("http://127.0.0.1:", "data:", "blob:", "file:")):
            problems.append(f"request to another host: {request.url}")

    context.on("console", on_console)
    context.on("request", on_request)
    page.on("pageerror", lambda error: problems.append(f"uncaught: {error}"))
    yield page
    context.unroute_all(behavior="ignoreErrors")  # a spare interpreter may still be loading
    told = [*problems]
    context.close()  # which ends what is being fetched
    assert told == []
