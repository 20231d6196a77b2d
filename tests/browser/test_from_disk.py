"""The archive of the site, unpacked anywhere, works from disk without a network, and under any server."""

import io
import json
import re
import zipfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path, PurePath
from urllib.parse import unquote, urlsplit

import pytest
from backports import zstd
from playwright.sync_api import Browser, Page, expect

from proven.archive.export import LIMIT
from proven.collect.prose import addresses_in
from proven.project import Project
from proven.project.package import NEWEST, OLDEST
from proven.publish import links
from proven.publish.export_links import emitted
from proven.rules.catalogue import LOCAL

from ..conftest import Once
from ..workspace import Workspace
from .checking import checked, row
from .conftest import served
from .own_code import OwnCode
from .test_site import block_of, preferred

PLACE = "Ünter dem Tisch ☃"
RULE = "async/task-references/index.html"


@pytest.fixture(scope="module")
def archive(once: Once, tools: Project, built_folder: Path) -> Path:
    """What `proven export offline` makes of the built site."""

    def export(folder: Path) -> None:
        command = ("proven", "export", "offline", "--site", str(built_folder), "--to", str(folder))
        done = Workspace(tools.root).process(*command)
        assert done.returncode == 0, done.stderr
        assert (folder / done.stdout.strip()).is_file()

    return next(once("archive", export).glob("*.zip"))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory, archive: Path) -> Path:
    """The folder in the archive, at a path with spaces and letters beyond ASCII."""
    place = tmp_path_factory.mktemp("disk") / PLACE
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(place)
    return next(place.iterdir())


@pytest.fixture
def page(browser: Browser, page: Page) -> Page:
    """A tab without a network."""
    page.context.set_offline(True)
    return page


def test_the_archive_has_one_folder_and_at_most_60_mb(archive: Path) -> None:
    """It can be sent; unpacking it leaves one folder, named as it is."""
    with zipfile.ZipFile(archive) as packed:
        names = packed.namelist()
        assert {name.split("/")[0] for name in names} == {archive.stem}
        assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert archive.stat().st_size <= LIMIT <= 60_000_000
    assert len(names) == len({name.casefold() for name in names})


def names_in(unpacked: Path, package: str) -> list[str]:
    """The files of a package in the folder."""
    (script,) = unpacked.glob(f"assets/packages/**/{package}-*.whl.js")
    wheel = zstd.decompress(b64decode(script.read_text("ascii").split('"')[1]))
    with zipfile.ZipFile(io.BytesIO(wheel)) as packed:
        return packed.namelist()


def test_packages_lack_what_no_page_uses(unpacked: Path) -> None:
    """Django's catalogues are there as programs read them; of Pygments there is what pytest highlights."""
    django = names_in(unpacked, "django")
    kinds = {PurePath(name).suffix for name in django}
    assert ".mo" in kinds
    assert ".po" not in kinds
    assert "django/contrib/admin/options.py" in django
    assert not [
        name for name in django if name.startswith(("django/contrib/admin/static", "django/contrib/gis"))
    ]
    lexers = [name for name in names_in(unpacked, "pygments") if name.startswith("pygments/lexers/")]
    assert {PurePath(name).stem for name in lexers} == {"__init__", "_mapping", "diff", "python"}


def test_every_link_of_the_folder_leads_to_a_file(unpacked: Path, tools: Project) -> None:
    """From disk a folder is a list of files: pages, images, styles and scripts are named as files."""
    assert links.check(unpacked, list, emitted=emitted(tools.cache / "exports", LOCAL)) == []
    redirects = json.loads((unpacked / "redirects.json").read_text("utf-8"))["redirects"]
    assert [address for address in redirects if not (unpacked / address / "index.html").is_file()] == []
    for file in unpacked.rglob("*.html"):
        if file.name == "404.html":
            continue
        for url in addresses_in(file.read_bytes()):
            parts = urlsplit(url)
            if not parts.scheme and parts.path:
                assert (file.parent / unquote(parts.path)).is_file(), f"{file.relative_to(unpacked)}: {url}"


def test_runs_from_disk(page: Page, unpacked: Path) -> None:
    """By way of the home page: a block runs, again, edited, and on another version."""
    page.goto((unpacked / "index.html").as_uri())
    expect(page.locator(".pp-keep")).to_have_text("This copy was opened from disk: all of it is here.")
    page.get_by_role("link", name="Async", exact=True).first.click()
    page.get_by_role("article").get_by_role("link", name="Keep a reference to every task").first.click()
    block = preferred(page)
    block.run()
    expect(block.status).to_contain_text("Same output as recorded")
    assert block.root.get_attribute("data-start") == "snapshot"
    block.run()
    block.button("Edit").click()
    block.editor.fill("import email.message\nprint(email.message.Message().is_multipart())")
    block.run()
    expect(block.screen).to_contain_text("False")
    block.editor.fill("print('slow\\rfast')\n6 * 7")
    block.run()
    expect(block.screen).to_have_text("fast\n42")


@pytest.mark.parametrize("version", [OLDEST, NEWEST])
def test_runs_on_other_versions_from_disk(page: Page, unpacked: Path, version: str) -> None:
    """The oldest starts without a snapshot."""
    page.goto((unpacked / RULE).as_uri())
    block = preferred(page)
    page.get_by_role("combobox", name="Python version").select_option(version)
    block.run()
    expect(block.status).to_contain_text("Same output as recorded")


def test_stops_from_disk(page: Page, unpacked: Path) -> None:
    """An endless loop ends, and the page is alive."""
    page.goto((unpacked / RULE).as_uri())
    block = preferred(page)
    block.button("Edit").click()
    block.editor.fill("while True:\n    pass")
    block.run_until("running")
    block.button("Stop").click()
    block.reaches("stopped")


def test_checks_from_disk(page: Page, unpacked: Path) -> None:
    """Lint finds what the page says that Ruff finds, and Types reads the block."""
    page.goto(f"{(unpacked / RULE).as_uri()}#avoid")
    block = block_of(page, "[data-role=avoid]")
    checked(block, "Lint")
    expect(block.findings).to_contain_text("RUF006")
    covering = block.findings.get_by_role("link").first
    assert Path(unquote(urlsplit(str(covering.get_attribute("href"))).path)).is_file()
    checked(block, "Types")
    expect(row(block, "mypy")).to_contain_text("mypy finds nothing")


def test_checks_own_code_from_disk(page: Page, unpacked: Path) -> None:
    """Ruff and ast-grep are in the folder too, and what they find leads to files."""
    own = OwnCode(page, f"{unpacked.as_uri()}/", "index.html")
    own.button("Example").click()
    own.done()
    assert {by.split()[0] for _, _, by, _ in own.listed()} == {"Ruff", "ast-grep"}
    for rule in own.items.get_by_role("link").all():
        assert Path(unquote(urlsplit(str(rule.get_attribute("href"))).path)).is_file()


def test_imports_packages_from_disk(page: Page, unpacked: Path) -> None:
    """Packages with C code are in the folder too."""
    page.goto((unpacked / RULE).as_uri())
    block = preferred(page)
    block.button("Edit").click()
    block.editor.fill("import pydantic_core\nprint(pydantic_core.to_json([1]))")
    block.run()
    expect(block.screen).to_contain_text("b'[1]'")


def test_leads_on_and_filters_from_disk(page: Page, unpacked: Path) -> None:
    """A code leads to its rule with the fragment; the index of rules keeps its filter; Markdown is copied."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto((unpacked / "PX017" / "index.html").as_uri() + "#why")
    expect(page).to_have_url(re.compile(r"/async/task-references/index\.html#why$"))
    page.locator("summary", has_text="Cite").click()
    page.get_by_role("button", name="Page as Markdown").click()
    expect(page.get_by_role("status").filter(has_text="Copied this page as Markdown")).to_be_attached()
    page.goto((unpacked / "rules" / "index.html").as_uri() + "?topic=async&level=error")
    expect(page.get_by_role("combobox", name="Topic")).to_have_value("async")
    expect(page.locator("main")).to_contain_text(re.compile(r"\d+ of \d+ rules"))


def test_searches_from_disk(page: Page, unpacked: Path) -> None:
    """A symbol is found, and the result leads to the page's file."""
    page.goto((unpacked / "index.html").as_uri())
    page.get_by_role("textbox", name="Search").fill("asyncio.gather")
    result = page.locator(".md-search-result__link").first
    expect(result).to_be_visible()
    result.click()
    expect(page).to_have_url(re.compile(r"/async/[\w-]+/index\.html"))


def test_works_under_a_server_at_any_path(page: Page, unpacked: Path) -> None:
    """The same folder, served below a path, runs and searches."""
    with served(unpacked.parent.parent) as url:
        page.context.set_offline(False)
        page.goto(f"{url}{PLACE}/{unpacked.name}/async/task-references/")
        block = preferred(page)
        block.run()
        expect(block.status).to_contain_text("Same output as recorded")
        page.get_by_role("textbox", name="Search").fill("asyncio.gather")
        expect(page.locator(".md-search-result__link").first).to_be_visible()


@pytest.fixture
def without_files(unpacked: Path) -> Iterator[Path]:
    """The folder, of which somebody has deleted what Python starts from."""
    lost = unpacked / "assets" / "runner" / "worker.js.js"
    content = lost.read_bytes()
    lost.unlink()
    yield unpacked
    lost.write_bytes(content)


def test_says_what_is_missing(page: Page, without_files: Path, problems: list[str]) -> None:
    """A file that is gone is named."""
    page.goto((without_files / RULE).as_uri())
    block = preferred(page)
    block.button("Run").click()
    block.reaches("error")
    expect(block.root).to_contain_text("worker.js cannot be reached")
    problems.clear()
