"""The plugin on a site of someone else's, as its readers have it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from proven.project import Project

from ..conftest import CORPUS, THEMES
from ..workspace import share
from .conftest import served
from .driver import Block
from .test_highlighting import compare, editable


@pytest.fixture(scope="session", params=THEMES)
def corpus(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, tools: Project
) -> Iterator[str]:
    """The address of the corpus in one theme; only the page that the tests open is built."""
    root = tmp_path_factory.mktemp(request.param) / "corpus"
    shutil.copytree(
        CORPUS, root, ignore=shutil.ignore_patterns("guide", "reference", "install.md", "index.md")
    )
    share(root)
    env = {**os.environ, "TIDAL_THEME": request.param}
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build"], cwd=root, env=env, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    with served(root / "site") as url:
        yield url


def test_a_block_runs(page: Page, corpus: str) -> None:
    """With title and line numbers, on any theme, a block runs in the page and gives what was recorded."""
    page.goto(f"{corpus}start/first-tide/")
    block = page.locator(".pp-block").first
    block.get_by_role("button", name="Run").click()
    expect(block.locator(".pp-output")).to_contain_text("Same output as recorded.", timeout=60_000)
    expect(block.locator(".pp-output")).to_contain_text("[6.0, 4.0, 2.0]")


def test_a_numbered_block_is_edited(page: Page, corpus: str) -> None:
    """On any theme, Edit replaces the code and not the numbers, and nothing looks different or moves."""
    page.set_viewport_size({"width": 1300, "height": 4000})
    page.goto(f"{corpus}start/first-tide/")
    for block in editable(page):
        compare(page, block)
    first = Block(page)
    assert first.text.startswith("def heights(high: float")
    assert first.root.locator(".linenos, .linenodiv").first.inner_text().startswith("1")
