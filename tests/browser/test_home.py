"""The home page: its search, its way to learn, and the rules for what tools have reported."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from ruff import find_ruff_bin

from proven.project import Project
from proven.rules.coverage import CoverageMap
from proven.toolchain.node import node

from ..sampling import sampled
from .test_axe import SMALL, Scheme, look, violations
from .test_sharing import REFUSED, clipboard

CODE = """\
async def fetch(names: list[str] = []) -> int:
    return len(names)


async def main() -> None:
    try:
        fetch()
    except:
        number: int = "a text that is long enough for the message about it to be broken into two lines"
"""

RUFF = {"B006": 1, "E722": 8, "D100": 1}
"""What Ruff finds in it, by line."""

RUFF_FORMS = ("concise", "full", "github", "pylint", "json", "json-lines", "sarif")
MYPY_FORMS = {"plain": (), "pretty": ("--pretty", "--show-column-numbers"), "json": ("--output=json",)}
PYRIGHT_FORMS = {"plain": (), "json": ("--outputjson",)}


class Report:
    """The field for what tools have reported, and what is said of it."""

    def __init__(self, page: Page) -> None:
        self.form = page.locator(".pp-report")
        self.field = self.form.get_by_role("textbox").first
        self.said = self.form.locator("[role=status]")

    def rules(self) -> dict[str, str]:
        """The rules that are named, with what they are named for."""
        return {
            item.locator(".pp-code-name").inner_text(): item.locator(".pp-about").inner_text()
            for item in self.form.get_by_role("listitem").all()
        }

    @property
    def rest(self) -> Locator:
        """What no rule is about."""
        return self.form.locator("> .pp-about")


@pytest.fixture(scope="module")
def code(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that tools object to."""
    file = tmp_path_factory.mktemp("reported") / "app.py"
    file.write_text(CODE, "utf-8")
    return file


def printed(command: list[str], file: Path) -> str:
    """What a tool prints of a file."""
    return subprocess.run(
        [*command, file.name], cwd=file.parent, capture_output=True, text=True, check=False
    ).stdout


@pytest.mark.parametrize("form", sampled(RUFF_FORMS, 3))
def test_ruff(page: Page, built: str, code: Path, rules: CoverageMap, form: str) -> None:
    """What Ruff prints, in a third of its forms, leads to the rules about it; other codes are named."""
    page.goto(built)
    select = f"--select={','.join(RUFF)}"
    report = printed([find_ruff_bin(), "check", "--isolated", select, f"--output-format={form}"], code)
    Report(page).field.fill(report)
    expect(Report(page).said).to_contain_text("3 findings; 2 rules on this site are about 2 of them")
    named = Report(page).rules()
    for finding in ("B006", "E722"):
        said = named[rules["ruff"][finding]["code"]]
        assert re.fullmatch(rf"Ruff {finding}: \S*app\.py:{RUFF[finding]}", said)
    expect(Report(page).rest).to_have_text("No rule here is about Ruff D100.")
    page.get_by_role("link", name=rules["ruff"]["E722"]["title"]).click()
    expect(page).to_have_url(f"{built}{rules['ruff']['E722']['url']}")


@pytest.mark.parametrize("form", MYPY_FORMS)
def test_mypy(page: Page, built: str, code: Path, rules: CoverageMap, form: str) -> None:
    """So does what mypy prints; codes that stand for any wrong type lead nowhere."""
    page.goto(built)
    Report(page).field.fill(printed([sys.executable, "-m", "mypy", "--strict", *MYPY_FORMS[form]], code))
    expect(Report(page).said).to_contain_text("2 findings; 1 rule on this site is about one of them")
    assert Report(page).rules() == {
        rules["mypy"]["unused-coroutine"]["code"]: "mypy unused-coroutine: app.py:7"
    }
    expect(Report(page).rest).to_have_text("No rule here is about mypy assignment.")


@pytest.mark.parametrize("form", PYRIGHT_FORMS)
def test_pyright(page: Page, built: str, tools: Project, code: Path, rules: CoverageMap, form: str) -> None:
    """Pyright's findings are read, with their codes."""
    page.goto(built)
    script = tools.modules / "pyright" / "index.js"
    Report(page).field.fill(printed(node(script, *PYRIGHT_FORMS[form]), code))
    expect(Report(page).said).to_contain_text("findings; ")
    shown = " ".join([*Report(page).rules().values(), Report(page).rest.inner_text()])
    assert "Pyright reportUnusedCoroutine" in shown
    assert "Pyright reportAssignmentType" in shown


def test_the_same_as_annotate(page: Page, built: str, built_folder: Path, code: Path) -> None:
    """The rules are those that `annotate.py` puts beside the same findings."""
    select = f"--select={','.join(RUFF)}"
    report = printed([find_ruff_bin(), "check", "--isolated", select, "--output-format=json"], code)
    command = [sys.executable, str(built_folder / "annotate.py"), "--format=rdjsonl"]
    said = subprocess.run(command, input=report, capture_output=True, text=True, check=True).stdout
    codes = {json.loads(line)["code"]["value"] for line in said.splitlines()}
    page.goto(built)
    Report(page).field.fill(report)
    expect(Report(page).form.get_by_role("listitem")).not_to_have_count(0)
    assert Report(page).rules().keys() == {name for name in codes if name.startswith("PX")}


def test_paths_of_windows(page: Page, built: str) -> None:
    """A drive belongs to the path, whichever tool names it."""
    page.goto(built)
    Report(page).field.fill(
        "C:\\work\\app.py:3:5: E722 Do not use bare `except`\n"
        'D:\\app.py:4: error: Value of type "int" must be used  [unused-coroutine]\n'
        "  E:\\a b\\app.py:5:1 - error: Import cycles (reportImportCycles)\n"
    )
    expect(Report(page).said).to_contain_text("3 findings")
    places = " ".join(Report(page).rules().values())
    assert "Ruff E722: C:\\work\\app.py:3" in places
    assert "mypy unused-coroutine: D:\\app.py:4" in places
    expect(Report(page).rest).to_contain_text("Pyright reportImportCycles")


def test_an_example(page: Page, built: str) -> None:
    """The example shows what a report leads to, and what is found is copied as Markdown."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(built)
    page.get_by_role("button", name="Show an example").press("Enter")
    expect(Report(page).form.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(Report(page).said).to_have_text("Copied the rules")
    copied = clipboard(page)
    assert f"]({built}functions/mutable-defaults/) Use None" in copied
    assert copied.count("\n") == 3
    page.evaluate(REFUSED)
    page.get_by_role("button", name="Copied").click()
    expect(Report(page).form.locator("+ .pp-notice").get_by_role("textbox")).to_have_value(copied)


NO_REPORTS: Mapping[str, str] = {
    "prose": "Nothing to see here: E501 is a code, and that is all.",
    "other JSON": '{"a": [1, null, {"code": 5}]}',
    "a long line": "x" * 100_000 + ":1:1: E722 no",
    "blanks": f"{' ' * 4_000}x\n" * 100,
    "hostile": "<img src=x onerror=alert(1)>:1:1 \x1b[31m",
}


@pytest.mark.parametrize("name", NO_REPORTS)
def test_no_report(page: Page, built: str, name: str) -> None:
    """Text that is no report says what to paste, and an empty field nothing."""
    page.goto(built)
    Report(page).field.fill(NO_REPORTS[name])
    expect(Report(page).said).to_contain_text("Paste what one of them prints")
    Report(page).field.fill(" ")
    expect(Report(page).said).to_have_text("")


def test_the_field_of_the_search(page: Page, built: str) -> None:
    """What is typed into the page is searched in the dialog, where typing goes on; so are examples."""
    page.goto(built)
    field = page.get_by_role("searchbox", name="Search in your own words")
    field.click()
    page.keyboard.type("garbage collected task")
    dialog = page.get_by_role("textbox", name="Search", exact=True)
    expect(dialog).to_be_focused()
    expect(dialog).to_have_value("garbage collected task")
    expect(page.locator(".md-search-result__link").first).to_contain_text("PX017")
    page.keyboard.press("Escape")
    page.get_by_role("link", name="except: pass").click()
    expect(page.locator(".md-search-result__link").first).to_contain_text("PX071")


def test_a_link_to_a_search(page: Page, built: str, problems: list[str]) -> None:
    """The examples are links that search when they are opened, as the form does without its script."""
    page.route("**/home.js", lambda route: route.abort())
    page.goto(built)
    page.get_by_role("searchbox", name="Search in your own words").fill("never awaited")
    page.keyboard.press("Enter")
    expect(page.locator(".md-search-result__link").first).to_contain_text("PX007")
    problems.clear()  # the script that is missing


def test_ten_rules(page: Page, built: str) -> None:
    """The way to learn has ten rules, called by the names that they have."""
    page.goto(built)
    links = page.locator("#learn ~ ol").first.get_by_role("link")
    expect(links).to_have_count(10)
    for name, address in [(link.inner_text(), str(link.get_attribute("href"))) for link in links.all()]:
        page.goto(built + address)
        expect(page.locator(".pp-facts").first).to_contain_text(name)


def test_without_javascript(browser: Browser, built: str) -> None:
    """No form is shown that does nothing."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(built)
        expect(page.locator(".pp-report")).to_be_hidden()
        expect(page.locator(".pp-search")).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width"), [("dark", 1300), ("light", 390)])
def test_axe(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """axe-core finds nothing in what a report leads to, and what can be pressed is large enough."""
    look(page, scheme, width)
    page.goto(built)
    page.get_by_role("button", name="Show an example").click()
    expect(Report(page).form.get_by_role("listitem")).to_have_count(3)
    assert violations(page, axe) == []
    assert page.evaluate(SMALL) == []
