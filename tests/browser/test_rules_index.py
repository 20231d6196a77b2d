"""The pages that list all rules: what is shown, what the address keeps, what is copied."""

import re
import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from ruff import find_ruff_bin

from proven.rules.coverage import CoverageMap

from .test_axe import SMALL, Scheme, look, violations
from .test_sharing import REFUSED, clipboard

ALL = "rules/"
SHOWN = "[data-code]:not([hidden])"


def codes(page: Page) -> list[str]:
    """The codes of the rules that are shown."""
    return [str(row.get_attribute("data-code")) for row in page.locator(SHOWN).all()]


def field(page: Page, name: str) -> Locator:
    """A list to choose from."""
    return page.get_by_role("combobox", name=name, exact=True)


def test_filter(page: Page, built: str) -> None:
    """Fields narrow down what is shown; the address keeps them, and Back from a rule brings them back."""
    page.goto(built + ALL)
    count = page.get_by_role("status").filter(has_text="rules")
    all_rules = page.locator("[data-code]").count()
    expect(count).to_have_text(f"{all_rules} rules")
    field(page, "Topic").select_option("Async")
    field(page, "Level").select_option("must")
    field(page, "Found by").select_option("Ruff")
    field(page, "Python").select_option("3.12")
    assert "PX017" in codes(page)
    assert "PX063" not in codes(page)
    expect(count).to_have_text(f"{len(codes(page))} of {all_rules} rules")
    address = f"{built}{ALL}?topic=async&level=error&python=3.12&detectors=ruff"
    assert page.url == address
    shown = codes(page)
    page.get_by_role("link", name="Keep a reference to every task").click()
    page.go_back()
    expect(count).to_have_text(f"{len(shown)} of {all_rules} rules")
    assert (page.url, codes(page)) == (address, shown)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?text=px99", ["PX099"]),
        ("?text=+FIRE+forget+", ["PX017", "PX296"]),
        ("?text=ruf006", ["PX017"]),
        ("?text=reference+to+every&level=error&topic=nowhere&python=2.7&other=x", ["PX017"]),
        ("?text=reference+to+every&level=note", []),
        ("?text=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E", []),
    ],
)
def test_a_link_with_a_filter(page: Page, built: str, query: str, shown: list[str]) -> None:
    """A link shows what its sender saw; what is no value of a field is left out."""
    page.goto(built + ALL + query)
    expect(page.locator(SHOWN)).to_have_count(len(shown))
    assert codes(page) == shown
    expect(page.get_by_text("No rule fits")).to_be_visible(visible=not shown)


def test_no_rule_fits(page: Page, built: str) -> None:
    """What fits nothing says so, with a button that shows all again."""
    page.goto(f"{built}{ALL}?text=nothing+like+this")
    expect(page.get_by_role("status").filter(has_text=re.compile("^0 of "))).to_be_attached()
    page.locator(".pp-none").get_by_role("button", name="Show all").click()
    expect(page.locator(".pp-none")).to_be_hidden()
    assert page.locator(SHOWN).count() == page.locator("[data-code]").count()
    assert page.url == built + ALL


def test_without_javascript(browser: Browser, built: str) -> None:
    """All rules are there, and no form that does nothing."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{built}{ALL}?topic=async")
    assert page.get_by_role("row").count() == page.locator("[data-code]").count() + 1
    expect(page.locator(".pp-filter")).to_be_hidden()
    context.close()


def test_from_disk(page: Page, built_folder: Path, problems: list[str]) -> None:
    """Opened as a file, the index filters just so, and its address keeps it."""
    address = (built_folder / "rules" / "index.html").as_uri()
    page.goto(f"{address}?text=px99")
    expect(page.locator(SHOWN)).to_have_count(1)
    page.get_by_label("Words").fill("px018")
    expect(page.locator(SHOWN)).to_have_attribute("data-code", "PX018")
    assert page.url == f"{address}?text=px018"
    problems.clear()  # of the theme's search, which is no part of this


@pytest.mark.parametrize("kind", [ALL, "checklist/"])
@pytest.mark.parametrize(("scheme", "width"), [("dark", 1300), ("light", 390)])
def test_axe(page: Page, built: str, axe: str, kind: str, scheme: Scheme, width: int) -> None:
    """axe-core finds nothing, what can be pressed is large enough, and a card is still a row of a table."""
    look(page, scheme, width)
    page.goto(f"{built}{kind}?level=note")
    expect(page.locator(SHOWN).first).to_be_visible()
    assert violations(page, axe) == []
    assert page.evaluate(SMALL) == []
    if kind == ALL:
        expect(page.get_by_role("row").nth(1).get_by_role("cell")).to_have_count(5)


def test_copy_the_checklist(page: Page, built: str, rules: CoverageMap) -> None:
    """What is shown is copied as a task list under its topics, with the addresses that stay."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{built}checklist/?level=error")
    page.get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("status").filter(has_text="Copied the checklist")).to_be_attached()
    lines = clipboard(page).splitlines()
    items = [line for line in lines if line.startswith("- ")]
    assert f"- [ ] [PX017]({built}PX017/) Keep a reference to every task" in items
    assert f"- [ ] [PX003]({built}PX003/) Handle TaskGroup errors with except\\*" in items
    assert len(items) == len(codes(page)) < page.locator("[data-code]").count()
    headings = [line for line in lines if line.startswith("## ")]
    shown = "all => all.map((heading) => heading.firstChild.textContent)"
    assert headings == [f"## {topic}" for topic in page.locator("section h2:visible").evaluate_all(shown)]
    page.evaluate(REFUSED)
    page.get_by_role("button", name=re.compile("^(Copied|Copy as Markdown)$")).click()
    expect(page.locator(".pp-notice").get_by_role("textbox")).to_have_value("\n".join([*lines, ""]))


def box(page: Page, code: str) -> Locator:
    """The box of a rule."""
    return page.get_by_role("checkbox", name=code, exact=True)


def test_what_is_ticked_is_kept(page: Page, built: str) -> None:
    """Boxes are ticked by keyboard, stay so, and are the same in another tab; clearing them can be undone."""
    page.goto(f"{built}checklist/")
    box(page, "PX017").press("Space")
    box(page, "PX063").check()
    count = page.locator(".pp-count")
    expect(count).to_have_text(re.compile(r"^\d+ rules, 2 ticked$"))
    other = page.context.new_page()
    other.goto(f"{built}checklist/?ticked=yes")
    expect(other.locator(SHOWN)).to_have_count(2)
    expect(box(other, "PX063")).to_be_checked()
    box(other, "PX063").uncheck()
    expect(box(page, "PX063")).not_to_be_checked()
    page.get_by_role("button", name="Clear ticks").click()
    expect(count).to_have_text(re.compile(r"^\d+ rules$"))
    page.get_by_role("button", name="Undo").click()
    page.reload()
    expect(box(page, "PX017")).to_be_checked()
    expect(box(page, "PX063")).not_to_be_checked()


def test_copy_what_is_ticked(page: Page, built: str) -> None:
    """What is ticked is copied, and marked as such where all is."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{built}checklist/?topic=async")
    page.get_by_role("button", name="Copy ticked").click()
    expect(page.locator(".pp-notice")).to_have_text("Nothing is ticked.")
    box(page, "PX017").check()
    page.get_by_role("button", name="Copy ticked").click()
    expect(page.locator(".pp-filter .pp-said")).to_have_text("Copied the checklist")
    line = f"- [x] [PX017]({built}PX017/) Keep a reference to every task"
    assert clipboard(page) == f"## Async\n\n{line}\n"
    page.get_by_role("button", name="Copy as Markdown").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('- [ ] '))")
    assert line in clipboard(page).splitlines()


@pytest.mark.parametrize("stored", ["{", '{"a": 1}', "[17, null]"])
def test_what_cannot_be_read_is_not_ticked(page: Page, built: str, stored: str) -> None:
    """Whatever else the browser has kept under that name, the boxes work."""
    page.goto(built)
    page.evaluate("(stored) => localStorage.setItem('proven-checklist', stored)", stored)
    page.goto(f"{built}checklist/?ticked=yes")
    expect(page.locator(SHOWN)).to_have_count(0)
    expect(page.locator(".pp-count")).to_have_text(re.compile("^0 of "))


def test_what_no_linter_finds(page: Page, built: str, rules: CoverageMap) -> None:
    """The checklist shows what is left to people: the rules that Ruff does not find."""
    page.goto(f"{built}checklist/?detectors=no-linter")
    expect(page.locator(SHOWN)).not_to_have_count(0)
    shown = codes(page)
    assert rules["mypy"]["unused-coroutine"]["code"] in shown
    assert rules["ruff"]["RUF006"]["code"] not in shown


def test_the_configuration_of_ruff(page: Page, built: str, tmp_path: Path, rules: CoverageMap) -> None:
    """Ruff takes the configuration without a word, finds with it, and it has all that leads to a rule."""
    page.goto(f"{built}checklist/")
    code = page.locator("#ruff ~ .highlight code, #ruff ~ .pp-block code").first
    configuration = code.text_content() or ""
    selected = re.findall(r'^    "(\w+)",', configuration, re.MULTILINE)
    assert set(selected) == rules["ruff"].keys()
    (tmp_path / "pyproject.toml").write_text(configuration, "utf-8")
    (tmp_path / "app.py").write_text("def add(names: list[str] = []) -> None: ...\n", "utf-8")
    done = subprocess.run(
        [find_ruff_bin(), "check", "--no-cache", "--output-format=concise", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "app.py:1:28: B006" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize("path", ["async/task-references/", ALL, "checklist/"])
def test_on_paper(page: Page, built: str, path: str) -> None:
    """Printed from the dark scheme a page is light, without buttons or navigation, and nothing is cut off."""
    look(page, "dark", 700)
    page.goto(built + path)
    page.emulate_media(media="print")
    for selector in ("button", "form", "nav", ".md-header", ".md-sidebar", ".pp-take"):
        assert page.locator(f"{selector}:visible").count() == 0, selector
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    cut = "[...document.querySelectorAll('article *')].filter((node) => node.scrollWidth > node.clientWidth"
    cut += (
        " + 1 && getComputedStyle(node).overflowX !== 'visible').map((node) => node.outerHTML.slice(0, 99))"
    )
    assert page.evaluate(cut) == []
    assert page.locator(".pp-output:visible").count() == page.locator(".pp-output").count()
    links = page.locator(".pp-fold:has(#references) a[href^=http]")
    assert links.count() > 0 or not path.startswith("async")
    for link in links.all():
        assert str(link.get_attribute("href")) in link.evaluate(
            "(element) => getComputedStyle(element, '::after').content"
        )


def test_one_sheet(page: Page, built: str) -> None:
    """What fits on a sheet of paper takes one."""
    page.goto(f"{built}{ALL}?text=px017")
    expect(page.locator(SHOWN)).to_have_count(1)
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4"))) == 1
