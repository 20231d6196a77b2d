"""The real site, as a reader has it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from proven.collect.blocks import collect
from proven.project.package import aliases

from ..sampling import sampled
from ..workspace import ROOT
from .driver import Block

FILES = sorted((ROOT / "docs").rglob("*.md"))
RULES = [file for file in FILES if len(file.relative_to(ROOT / "docs").parts) == 2 and file.stem != "index"]
TOPICS = sorted({file.parent for file in RULES})
SAMPLE = [
    ROOT / "docs" / "index.md",
    *(next(rule for rule in RULES if rule.parent == topic) for topic in TOPICS),
]
"""The home page, and a rule of each topic."""


def address(file: Path) -> str:
    """A page's path on the site."""
    path = file.relative_to(ROOT / "docs").with_suffix("").as_posix()
    return re.sub(r"(^|/)index$", r"\1", path) + ("" if file.stem == "index" else "/")


def by_stem(file: Path) -> str:
    """A page's name in the list of tests."""
    return file.relative_to(ROOT / "docs").with_suffix("").as_posix()


def test_last_blocks_run_as_recorded(page: Page, built: str) -> None:
    """In the reader's browser the last block of a rule prints what it printed in the build."""
    for file in sampled(RULES):
        page.goto(built + address(file))
        last = page.locator(".pp-block[data-runnable]").last.get_attribute("id")
        runs_as_recorded(Block(page, int(str(last).removeprefix("block-"))))


def runs_as_recorded(block: Block) -> None:
    """Run a block; it has to end and print as it did in the build."""
    block.run()
    block.reaches("done", "error")
    expect(block.status).to_have_text(re.compile(r"^Same output( and exception)? as recorded\.$"))


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_blocks_run_as_recorded(page: Page, built: str, file: Path) -> None:
    """So does every block that can be run, a quarter of them at a time; the others say why they cannot."""
    python = [block for block in collect(by_stem(file), file.read_text("utf-8")).blocks if block.is_python]
    page.goto(built + address(file))
    runnable = []
    for block in (Block(page, collected.number) for collected in python):
        if block.root.get_attribute("data-runnable") is None:
            expect(block.root.locator(".pp-reason")).not_to_be_empty()
            expect(block.root.get_by_role("button", name=re.compile("^Run"))).to_have_count(0)
        else:
            runnable.append(block)
    for block in sampled(runnable):
        runs_as_recorded(block)


def test_what_cannot_run_says_why(page: Page, built: str) -> None:
    """A block for threads names the reason in place of the button."""
    page.goto(f"{built}async/blocking-calls/")
    assert any("it needs threads" in reason for reason in page.locator(".pp-reason").all_inner_texts())


def test_every_page_is_quiet_and_fits(page: Page, built: str) -> None:
    """At 390 px no page scrolls sideways, complains in the console or asks another host for anything."""
    page.set_viewport_size({"width": 390, "height": 800})
    for file in FILES:
        page.goto(built + address(file))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file


def test_python_is_not_loaded_before_it_is_wanted(page: Page, built: str) -> None:
    """Reading a page costs nothing of Pyodide."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(built + address(RULES[0]), wait_until="networkidle")
    assert not [url for url in asked if "/runtime/" in url or "worker.js" in url]
    with page.expect_request(re.compile("pyodide.asm.wasm")):
        Block(page).button("Run").focus()


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_without_javascript(browser: Browser, built: str, file: Path) -> None:
    """Text, code, recorded output and verification are all there without JavaScript."""
    blocks = collect(by_stem(file), file.read_text("utf-8")).blocks
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built + address(file))
    for number, block in enumerate(blocks, 1):
        root = page.locator(f"#block-{number}")
        code = block.code if block.is_python else block.source
        assert root.locator("code").first.inner_text().rstrip() == code.rstrip()
        expect(root.get_by_role("button")).to_have_count(0)
        if not block.is_python:
            continue
        expect(root.get_by_role("region", name="Output")).to_be_visible()
        printed = [line.strip() for line in block.source.splitlines() if line.strip().startswith("#> ")]
        shown = root.locator(".pp-output pre").inner_text()
        assert [line for line in printed if line[3:] not in shown] == []
        expect(root.locator(".pp-verified")).to_contain_text("Verified on CPython 3.")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_stop_on_a_real_page(page: Page, built: str) -> None:
    """A reader's endless loop is stopped at once, and the next run works."""
    page.goto(built + address(RULES[0]))
    block = Block(page)
    block.button("Edit").click()
    block.editor.fill("while True:\n    pass")
    block.run_until("running")
    block.button("Stop").click()
    assert block.root.get_attribute("data-state") == "stopped"
    block.button("Reset").click()
    block.run()
    expect(block.status).to_have_text(re.compile("^Same output"))


def test_edited_code_is_not_called_verified(page: Page, built: str) -> None:
    """The line on verification is about the code that was verified, and leaves with it."""
    page.goto(built + address(RULES[0]))
    block = Block(page)
    expect(block.root.locator(".pp-verified")).to_be_visible()
    block.button("Edit").click()
    expect(block.root.locator(".pp-verified")).to_be_hidden()
    block.button("Reset").click()
    expect(block.root.locator(".pp-verified")).to_be_visible()


def test_start_in_one_click(page: Page, built: str) -> None:
    """On the home page one click runs Python, and one more leads to each course."""
    page.goto(built)
    Block(page).run_until("done")
    for topic in TOPICS:
        page.goto(built)
        page.get_by_role("link", name="Choose a topic").click()
        page.locator(f'.pp-course-link[href="{topic.name}/"]').click()
        expect(page.locator(".pp-course-link")).to_have_count(len(list(topic.glob("*.md"))) - 1)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("PX017", "Every task is referenced"),
        ("blocking call", "Blocking calls"),
        ("never awaited", "Every coroutine is awaited"),
    ],
)
def test_search(page: Page, built: str, query: str, title: str) -> None:
    """Search finds a rule by its code, a function and an error message."""
    page.goto(built)
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(query)
    expect(page.locator(".md-search-result__item").first).to_contain_text(title)


def test_the_index_is_fetched_to_be_searched(page: Page, built: str) -> None:
    """A visit does without the largest file of all; a link that searches or marks words has it at once."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    page.goto(built, wait_until="networkidle")
    assert "search_index.json" not in asked
    with page.expect_response("**/search_index.json"):
        page.locator("[data-md-component=search-query]").focus()
    for link, shown in (
        ("?q=taskgroup", ".md-search-result__item"),
        ("async/task-groups/?h=taskgroup", "mark"),
    ):
        page.goto(built + link)
        expect(page.locator(shown).first).to_be_attached()
    assert asked.count("search_index.json") == 3


def test_tells_avoid_from_prefer(page: Page, built: str) -> None:
    """The two are told apart by a word, not by colour alone."""
    for file in SAMPLE[1:]:
        page.goto(built + address(file))
        assert page.locator("h2#avoid ~ .pp-block[data-role=avoid]").count() >= 1
        labels = page.locator(".pp-block[data-role=avoid] .pp-label").all_inner_texts()
        assert set(labels) == {"Avoid"}
        assert set(page.locator(".pp-block[data-role=prefer] .pp-label").all_inner_texts()) == {"Prefer"}


def test_print(page: Page, built: str) -> None:
    """On paper there are code and output, and no buttons."""
    page.goto(built + address(RULES[0]))
    page.emulate_media(media="print")
    expect(Block(page).button("Run")).to_be_hidden()
    expect(Block(page).output).to_be_visible()


def test_provenance(page: Page, built: str) -> None:
    """A rule names the interpreters and the tools that it was verified with."""
    for file in SAMPLE[1:]:
        page.goto(built + address(file))
        text = page.locator(".pp-provenance").inner_text()
        for needed in (*(f"{version}." for version in aliases()), "native", "mypy "):
            assert needed in text
