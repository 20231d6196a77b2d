"""A site that was visited once works offline, and one release follows another as a whole."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from proven.project import BROWSER, Project

from ..workspace import Workspace
from .driver import Block
from .keeping import PAGES, active, evaluated, kept_site, release, runtime_is_kept
from .own_code import DEFAULT, OwnCode
from .page import Example, Site

ONLY = Example("from more_itertools import one\nprint(one([7]))\n", "7\n")


IS_KEPT = """
async () => {
  const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
  return ["ruff.bin", "ast-grep.bin"].every((file) => kept.flat().some(({ url }) => url.endsWith(file)));
}
"""
"""Whether the browser has Ruff and ast-grep."""


@pytest.fixture
def kept(tmp_path: Path, tools: Project) -> Iterator[Site]:
    """A served site below a path, of two pages, that its readers keep."""
    with kept_site(tmp_path, tools) as site:
        yield site


@pytest.fixture
def impatient(page: Page) -> Page:
    """A tab in which the service worker is registered at once."""
    page.add_init_script(
        "const wait = setTimeout;"
        "setTimeout = (work, ms, ...more) => wait(work, ms === 3000 ? 0 : ms, ...more);"
    )
    return page


def new_release_fetched(page: Page) -> None:
    """Wait until the next release waits to take over."""
    evaluated(
        page,
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update();
          const next = registration.installing;
          if (!registration.waiting) await new Promise((done) => next.addEventListener("statechange", done));
        }""",
    )


def shows(page: Page, name: str) -> None:
    """The page and its script are of one release."""
    expect(page.get_by_role("heading")).to_have_text(f"Release {name}")
    expect(page.locator("#script")).to_have_text(f"Release {name}")


def test_works_offline_after_one_visit(impatient: Page, kept: Site) -> None:
    """Pages that were never opened are there, with their queries and fragments."""
    impatient.goto(kept.url)
    active(impatient)
    impatient.context.set_offline(True)
    for path in ("", "other/", "other/?h=x#block-1", "other/index.html"):
        impatient.goto(kept.url + path)
        shows(impatient, "A")


def test_runs_offline_after_one_run(impatient: Page, kept: Site) -> None:
    """What Python takes is kept with the first run, though the service worker came after the page."""
    impatient.goto(kept.url)
    Block(impatient).run_until("done")
    active(impatient)
    runtime_is_kept(impatient)
    impatient.context.set_offline(True)
    impatient.goto(f"{kept.url}other/")
    Block(impatient).run_until("done")
    expect(Block(impatient).root).to_have_attribute("data-start", "snapshot")


def test_packages_are_kept_once_they_were_fetched(
    impatient: Page, kept: Site, tools: Project, built_packages: Workspace
) -> None:
    """What a block imported while there was a network it imports without one."""
    shutil.copytree(built_packages.root / "site" / "assets", kept.folder / "assets", dirs_exist_ok=True)
    release(kept, tools, "A", ONLY)
    impatient.goto(kept.url)
    active(impatient)
    Block(impatient).run_until("done")
    runtime_is_kept(impatient, tools.packages.wheels(BROWSER)["more-itertools"].file)
    impatient.context.set_offline(True)
    impatient.goto(f"{kept.url}other/")
    Block(impatient).run_until("done")
    expect(Block(impatient).status).to_have_text("Same output as recorded.")


def test_readers_who_run_nothing_keep_nothing_of_python(impatient: Page, kept: Site) -> None:
    """The big files are not forced on anyone."""
    impatient.goto(kept.url)
    active(impatient)
    everything = """async () => {
      const kept = await Promise.all((await caches.keys()).map((key) => caches.open(key)));
      return (await Promise.all(kept.map((cache) => cache.keys()))).flat().map(({ url }) => url);
    }"""
    urls = evaluated(impatient, everything)
    assert any("/runner/worker.js" in url for url in urls)
    assert not [url for url in urls if "/runtime/" in url]


def test_own_code_is_checked_offline(impatient: Page, built: str) -> None:
    """What that takes is kept once it has been used."""
    own = OwnCode(impatient, built)
    own.open({"app.py": DEFAULT})
    own.done()
    active(impatient)
    impatient.wait_for_function(IS_KEPT)
    impatient.context.set_offline(True)
    own = OwnCode(impatient, built)
    own.open({"other.py": DEFAULT})
    expect(own.form.locator("[data-level]", has_text="PX063")).not_to_have_count(0)
    assert {place.split(":")[0] for place, *_ in own.listed()} >= {"other.py"}


def test_a_new_release_comes_whole(impatient: Page, kept: Site, tools: Project) -> None:
    """Until all of it is there the old one is shown; from the next navigation on the new one, offline too."""
    impatient.goto(kept.url)
    active(impatient)
    release(kept, tools, "B")
    impatient.reload()
    shows(impatient, "A")
    new_release_fetched(impatient)
    impatient.goto(f"{kept.url}other/")
    shows(impatient, "B")
    impatient.context.set_offline(True)
    for path in PAGES:
        impatient.goto(kept.url + path)
        shows(impatient, "B")


def test_a_release_that_is_not_whole_is_not_taken(
    impatient: Page, kept: Site, tools: Project, problems: list[str]
) -> None:
    """While a server has files of two releases, readers keep the one that they have."""
    impatient.goto(kept.url)
    active(impatient)
    old = (kept.folder / "mark.js").read_text()
    release(kept, tools, "B")
    (kept.folder / "mark.js").write_text(old)
    failed = evaluated(
        impatient,
        """async () => {
          const registration = await navigator.serviceWorker.ready;
          await registration.update();
          const next = registration.installing;
          await new Promise((done) => next.addEventListener("statechange", done, { once: true }));
          return next.state;
        }""",
    )
    assert failed == "redundant"
    for path in PAGES:
        impatient.goto(kept.url + path)
        shows(impatient, "A")
    problems.clear()  # the browser names the file that it refused


def test_open_pages_stay_in_their_release(impatient: Page, kept: Site, tools: Project) -> None:
    """With two pages open, neither is changed under its reader."""
    impatient.goto(kept.url)
    active(impatient)
    second = impatient.context.new_page()
    second.goto(f"{kept.url}other/")
    release(kept, tools, "B")
    new_release_fetched(impatient)
    second.reload()
    shows(second, "A")
    second.close()
    impatient.reload()
    shows(impatient, "B")


def test_saving_data(page: Page, kept: Site) -> None:
    """Who saves data keeps nothing unasked; nor does a page that has no service worker beside it."""
    registered = "navigator.serviceWorker.register = () => { document.title = 'registered' }"
    saving = "Object.defineProperty(navigator, 'connection', { value: { saveData: true } });"
    page.add_init_script(f"{saving}{registered}; setTimeout = (work) => work()")
    page.goto(kept.url)
    page.wait_for_load_state("networkidle")
    assert page.title() == "Release A"


def test_what_is_kept(built_folder: Path) -> None:
    """All pages and what they load; the runtime apart; nothing that only machines and developers want."""
    text = (built_folder / "service-worker.js").read_text("utf-8").splitlines()[0]
    for address in ('"./"', '"async/timeouts/"', '"search/search_index.json"', '"assets/runner/worker.js"'):
        assert f'"url": {address}' in text
    for missing in (".map", "lunr/", "sitemap", "404.html", "service-worker"):
        assert missing not in text
    assert '/snapshot.bin"' in text.partition('"parts": ')[2]
    assert '/snapshot.bin"' not in text.partition('"parts": ')[0]


def test_only_our_own_site_has_one(built_folder: Path) -> None:
    """The built site has it at its root, and each page says so; `mkdocs serve` and other sites do not."""
    assert (built_folder / "service-worker.js").read_text("utf-8").startswith("self.RELEASE = ")
    assert '<meta name="proven-offline">' in (built_folder / "index.html").read_text("utf-8")
