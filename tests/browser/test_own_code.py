"""The page that checks a reader's own code: what it finds and mends.

What it finds is what `proven check` finds, and what annotations of a report lead to, which
tests/check/test_surfaces.py holds against the command.
"""

import json
import re
import tomllib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from proven.collect.pages import read_pages
from proven.model import RulePage
from proven.project import Project

from ..check.conftest import Code
from ..sampling import sampled
from ..workspace import ROOT
from .conftest import PATIENCE
from .own_code import DEFAULT, Found, OwnCode
from .test_axe import LOOKS, Scheme, look, violations

SAMPLE = tomllib.loads((ROOT / "tests" / "precision.toml").read_text("utf-8"))["finding"]

BATCH = 20
"""Files at once: what is found in more is more than the page lists."""

EQUAL = """\
class A:
    def __eq__(self, other):
        if not isinstance(other, A):
            return False
        return True
"""
"""PX038, with a fix of our own."""


def of_command(code: Code, *options: str) -> set[Found]:
    """What the command says of the files of a folder."""
    said = code.check("--format", "sarif", *options, ".").stdout
    results = json.loads(said)["runs"][0]["results"]
    listed = set()
    for result in results:
        place = result["locations"][0]["physicalLocation"]
        where = f"{place['artifactLocation']['uri']}:{place['region']['startLine']}"
        (by,) = re.findall(r"\(((?:Ruff|ast-grep|mypy) \S+)\)$", result["message"]["text"])
        listed.add((where, result["ruleId"], by, "fixes" in result))
    return listed


def fixed(shown: set[Found], tool: str = "") -> set[Found]:
    """What has a fix, of one tool."""
    return {entry for entry in shown if entry[3] and entry[2].startswith(tool)}


def batches(project: Project) -> list[dict[str, str]]:
    """Code of the sample, and all that detectors of our own fire at on the pages, by the names of files."""
    texts = [finding["source"].lstrip("\n") for finding in SAMPLE]
    for page in read_pages(project, project.pages()):
        if isinstance(page, RulePage) and page.patterns:
            texts += [block.source for block in page.blocks if block.role == "avoid"]
    files = [(f"f{number:03}.py", text) for number, text in enumerate(texts)]
    return [dict(files[start : start + BATCH]) for start in range(0, len(files), BATCH)]


def test_the_same_as_the_command(browser: Browser, built: str, tools: Project, tmp_path: Path) -> None:
    """In the same files it finds the same, with the same fixes."""
    reached = 0
    for number, batch in enumerate(sampled(batches(tools), 5)):
        code = Code(tmp_path / str(number))
        for name, text in batch.items():
            code.write(name, text)
        code.write("ruff.toml", 'target-version = "py311"\n')
        page = browser.new_page()
        own = OwnCode(page, built)
        own.open(batch)
        own.done(f" in {len(batch)} files")
        shown, wanted = own.listed(), of_command(code)
        page.close()
        assert {entry[:3] for entry in shown} == {entry[:3] for entry in wanted}
        assert fixed(shown) >= fixed(wanted)  # Ruff does not say here which of its fixes it would not make
        assert fixed(shown, "ast-grep") == fixed(wanted, "ast-grep")
        reached += len(shown)
    assert reached > BATCH


def test_types(page: Page, built: str, tmp_path: Path) -> None:
    """With mypy it finds what the command finds with it."""
    text = "async def save() -> None: ...\n\n\nasync def main() -> None:\n    save()\n"
    code = Code(tmp_path)
    code.write("app.py", text)
    code.write("mypy.ini", "[mypy]\nstrict = true\n")
    own = OwnCode(page, built)
    own.open({"app.py": text})
    own.done()
    own.form.get_by_label("Types").check()
    expect(own.items.filter(has_text="mypy unused-coroutine")).to_have_count(1, timeout=3 * PATIENCE)
    own.done()
    listed = {(f"app.py:{place.removeprefix('line ')}", *rest) for place, *rest in own.listed()}
    assert listed == of_command(code, "--mypy")


def test_as_one_types(page: Page, built: str) -> None:
    """Code is read as it is typed; a finding leads to its place and rule, and goes when it is mended."""
    own = OwnCode(page, built)
    own.type(DEFAULT)
    listed = own.items.filter(has_text="PX063")
    listed.get_by_role("button", name="line 1").click()
    expect(own.editor).to_be_focused()
    expect(own.editor.locator(".pp-mark.pp-error").first).to_have_text("[]")
    with page.expect_navigation():
        listed.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mutable default")
    page.go_back()
    expect(own.editor).to_contain_text("names=[]")
    own.done()
    own.editor.click()
    page.keyboard.press("Control+A")
    own.page.keyboard.insert_text("x = 1\n")
    own.done("Nothing found")
    expect(own.items).to_have_count(0)


@pytest.mark.parametrize(
    ("text", "rule", "safety", "line"),
    [
        (DEFAULT, "PX063", "whether it is safe", "names=None"),
        (EQUAL, "PX038", "may change", "return NotImplemented"),
    ],
)
def test_a_fix(page: Page, built: str, text: str, rule: str, safety: str, line: str) -> None:
    """It is shown as what it changes, applied on a click, read anew, and can be undone."""
    own = OwnCode(page, built)
    own.open({"app.py": text})
    fix = own.items.filter(has_text=rule).locator(".pp-scan-fix").first
    fix.locator("summary").click()
    expect(fix.locator("summary")).to_contain_text(safety)
    expect(fix.locator("ins").first).to_contain_text(line)
    fix.get_by_role("button", name="Apply").click()
    expect(own.editor).to_contain_text(line)
    expect(own.items.filter(has_text=rule)).to_have_count(0)
    page.keyboard.press("Control+Z")
    expect(own.editor).not_to_contain_text(line)


def test_comments(page: Page, built: str) -> None:
    """A comment with a reason lets a finding pass; one that is wrong or not needed is remarked on."""
    own = OwnCode(page, built)
    reason = DEFAULT.replace(":\n", ":  # proven: ignore[PX063] it is a cache\n", 1)
    own.open({"a.py": reason, "b.py": "x = 1  # proven: ignore[PX063] none\ny = 2  # proven: ignore\n"})
    own.done("1 let pass by comments")
    expect(own.form.locator("[data-level]", has_text="PX063")).to_have_count(0)
    expect(own.items.filter(has_text="b.py:1")).to_contain_text("is not needed: remove it")
    expect(own.items.filter(has_text="b.py:2")).to_contain_text("names no rule")


def test_levels(page: Page, built: str) -> None:
    """What does not bind can be left out."""
    own = OwnCode(page, built)
    own.open({"app.py": DEFAULT})
    expect(own.items.filter(has_text="PX063")).to_have_count(1)
    every = own.items.count()
    own.form.get_by_label("Show").select_option("must")
    expect(own.items).not_to_have_count(every)
    assert {item.get_attribute("data-level") for item in own.items.all()} == {"error"}


def test_a_python(page: Page, built: str) -> None:
    """Code is read for the Python that it is for, and newer syntax is no error."""
    own = OwnCode(page, built)
    own.open({"app.py": "from typing_extensions import override\n"})
    own.done()
    expect(own.items.filter(has_text="UP035")).to_have_count(0)
    own.form.get_by_label("Python").select_option("3.12")
    expect(own.items.filter(has_text="UP035")).to_have_count(1)
    own.form.get_by_label("Python").select_option("3.11")
    own.open({"app.py": "type Pair[T] = tuple[T, T]\n"})
    own.done("Nothing found")


def test_by_keyboard_alone(page: Page, built: str) -> None:
    """Code is typed, what is found reached, and its fix applied, without a pointer."""
    own = OwnCode(page, built)
    expect(own.editor).to_be_visible()
    own.button("Example").focus()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(own.form.get_by_label("Types")).to_be_focused()
    page.keyboard.press("Tab")
    expect(own.editor).to_be_focused()
    page.keyboard.insert_text(EQUAL)
    expect(own.items.filter(has_text="PX038")).to_have_count(1)
    page.keyboard.press("Control+Shift+M")
    expect(own.items.first.get_by_role("button").first).to_be_focused()
    own.items.filter(has_text="PX038").locator("summary").focus()
    page.keyboard.press("Enter")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(own.editor).to_be_focused()
    expect(own.editor).to_contain_text("return NotImplemented")
    page.keyboard.press("Escape")
    expect(own.editor).not_to_be_focused()


@LOOKS
def test_axe(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """axe-core finds nothing, empty and full, with a fix open."""
    look(page, scheme, width)
    own = OwnCode(page, built)
    expect(own.editor).to_be_visible()
    assert violations(page, axe) == []
    own.button("Example").click()
    own.done()
    own.form.locator(".pp-scan-fix summary").first.click()
    own.open({"cut.py": "def f(:\n", "notes.ipynb": "{}"})
    own.done(" in 2 files")
    assert violations(page, axe) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_without_javascript(browser: Browser, built: str) -> None:
    """Who has none, or cannot load it, is told what else there is."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{built}check/")
        expect(page.get_by_text("that takes JavaScript")).to_be_visible()
        expect(page.locator(".pp-scan")).to_be_hidden()
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/scan.js*", lambda route: route.abort())
        page.goto(f"{built}check/")
        expect(page.get_by_text("that takes JavaScript")).to_be_visible()
        page.unroute("**/scan.js*")
        page.reload()
        expect(page.locator(".pp-scan .cm-content")).to_be_visible()
        expect(page.get_by_text("that takes JavaScript")).to_be_hidden()
