"""What runs and checks take is fetched for later when a reader asks for it."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from proven.project import BROWSER, Project
from proven.publish import finish

from .checking import checked, row
from .driver import Block
from .keeping import kept_site, release
from .page import Example, Site

CHOICE = Example("print('hello')\n", "hello\n", versions=("3.13", BROWSER))
FORM = '<form class="pp-keep"></form>\n<script defer src="assets/runner/home.js"></script>'


@pytest.fixture
def kept(tmp_path: Path, tools: Project) -> Iterator[Site]:
    """A site whose first page has the form."""
    with kept_site(tmp_path, tools) as site:
        finish.write(site.folder, {"ruff": {}, "mypy": {}})
        release(site, tools, "A", CHOICE, FORM)
        yield site


class Form:
    """The boxes for what is to be kept."""

    def __init__(self, page: Page) -> None:
        self.root = page.locator(".pp-keep")
        self.said = self.root.get_by_role("status")
        self.bar = self.root.get_by_role("progressbar")

    def box(self, name: str) -> Locator:
        """The box of a part."""
        return self.root.get_by_label(name)

    def press(self, name: str = "Keep for offline") -> None:
        """Press the button, which has to be called that."""
        self.root.get_by_role("button", name=name).click()


def saves_data(page: Page) -> None:
    """Have the browser say that its reader saves data, so that nothing is kept unasked."""
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")


def parts_file(site: Site, name: str) -> Path:
    """A file that starts the Python which most readers want."""
    return next(site.folder.glob(f"assets/runtime/*/{BROWSER}/{name}"))


def test_keep_for_offline(page: Page, kept: Site) -> None:
    """One press, by a reader who saves data and has run nothing: pages, Python and Lint work offline."""
    saves_data(page)
    page.goto(kept.url)
    form = Form(page)
    expect(form.box(f"Python {BROWSER}")).to_be_checked()
    expect(form.root).to_contain_text("up to ")
    form.box("Lint").check()
    form.press()
    expect(form.said).to_contain_text(f"Kept: Python {BROWSER}")
    expect(form.box("Lint")).to_be_disabled()
    expect(form.bar).to_be_hidden()
    page.context.set_offline(True)
    page.goto(f"{kept.url}other/")
    block = Block(page)
    block.run_until("done")
    expect(block.root).to_have_attribute("data-start", "snapshot")
    checked(block, "Lint")
    expect(row(block, "Ruff")).to_contain_text("Ruff finds")


def test_another_version(page: Page, kept: Site) -> None:
    """The Python that its reader has chosen is ticked, and what is kept is seen at the next visit."""
    page.goto(kept.url)
    page.get_by_label("Python version of the examples").select_option("3.13")
    page.reload()
    form = Form(page)
    expect(form.box("Python 3.13")).to_be_checked()
    expect(form.box(f"Python {BROWSER}")).not_to_be_checked()
    form.press()
    expect(form.said).to_contain_text("Kept: Python 3.13")
    page.reload()
    expect(form.box("Python 3.13")).to_be_disabled()
    expect(form.root.get_by_role("button")).to_be_disabled()


def test_a_file_is_out_of_reach(page: Page, kept: Site, problems: list[str]) -> None:
    """It is named, what is there stays, and the next press fetches the rest only."""
    page.goto(kept.url)
    file = parts_file(kept, "snapshot.bin")
    away = file.rename(file.with_suffix(".away"))
    form = Form(page)
    form.press()
    expect(form.said).to_contain_text(f"{file.name} answers 404. What is there stays")
    problems.clear()  # the browser names it too
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(urlsplit(request.url).path.rpartition("/")[2]))
    away.rename(file)
    form.press()
    expect(form.said).to_contain_text("Kept: ")
    assert "snapshot.bin" in fetched
    assert "pyodide.asm.wasm" not in fetched


def test_stop(page: Page, kept: Site) -> None:
    """What takes too long can be stopped, and begun again."""
    page.add_init_script("""
      const real = fetch;
      fetch = (url, options) => String(url).endsWith("/snapshot.bin") && !globalThis.fast
        ? new Promise((_, fail) => options.signal.addEventListener("abort", () => fail(new Error("aborted"))))
        : real(url, options);
    """)
    page.goto(kept.url)
    form = Form(page)
    form.press()
    expect(form.bar).to_have_js_property("value", fetched_before(kept, "snapshot.bin"))
    form.press("Stop")
    expect(form.said).to_have_text("Stopped. What is there stays.")
    page.evaluate("globalThis.fast = true")
    form.press()
    expect(form.said).to_contain_text("Kept: ")


def fetched_before(site: Site, name: str) -> int:
    """Bytes of the ticked part's files that come before one."""
    offered = json.loads((site.folder / "assets" / "runner" / "parts.json").read_text("utf-8"))
    files = next(part["files"] for part in offered["parts"] if part["wanted"])
    before = [size for file, size in files.items() if Path(file).name < name]
    return sum(before)


def test_no_room(page: Page, kept: Site) -> None:
    """A browser without room is named as the reason."""
    page.goto(kept.url)
    form = Form(page)
    expect(form.root.get_by_role("button")).to_be_enabled()
    page.evaluate(
        "() => { Cache.prototype.put = async () => { throw new DOMException('', 'QuotaExceededError') } }"
    )
    form.press()
    expect(form.said).to_have_text("Your browser has no room for all of this. What is there stays.")


def test_pages_that_cannot_be_kept(page: Page, kept: Site, problems: list[str]) -> None:
    """Where a file of the pages is not the one that was published, nothing is promised."""
    saves_data(page)
    (kept.folder / "mark.js").write_text("0")
    page.goto(kept.url)
    Form(page).press()
    expect(Form(page).said).to_contain_text("The pages cannot be fetched")
    problems.clear()  # the browser names the file that it refused


def test_where_nothing_is_kept(page: Page, kept: Site) -> None:
    """Without a service worker, as under `mkdocs serve`, the form says what it takes."""
    first = kept.folder / "index.html"
    first.write_text(first.read_text("utf-8").replace('<meta name="proven-offline">', ""), "utf-8")
    page.goto(kept.url)
    expect(Form(page).said).to_contain_text("Nothing is kept here")
    expect(Form(page).root.get_by_role("button")).to_have_count(0)
