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

PAGES = sorted((ROOT / "docs").rglob("*.md"))
FILES = [*PAGES, *sorted((ROOT / "examples" / "notebooks").glob("*.py"))]
RULES = [file for file in PAGES if len(file.relative_to(ROOT / "docs").parts) == 2 and file.stem != "index"]
TOPICS = sorted({file.parent for file in RULES})
SAMPLE = [
    ROOT / "docs" / "index.md",
    *sampled([next(rule for rule in RULES if rule.parent == topic) for topic in TOPICS], 3),
]
"""The home page, and a rule of each topic, of a third of the topics at a time."""


def address(file: Path) -> str:
    """A page's path on the site."""
    top = ROOT / ("docs" if file.suffix == ".md" else "examples")
    path = file.relative_to(top).with_suffix("").as_posix()
    return re.sub(r"(^|/)index$", r"\1", path) + ("" if file.stem == "index" else "/")


def by_stem(file: Path) -> str:
    """A page's name in the list of tests."""
    return file.relative_to(ROOT / "docs").with_suffix("").as_posix()


SHOW = """root => {
  const outer = (element) => element.closest(".pp-fold");
  for (let fold = outer(root); fold; fold = outer(fold.parentElement)) fold.open = true;
  const side = root.closest(".pp-side");
  if (side) document.querySelector(`.pp-tab[href="#${side.dataset.side}"]`).click();
}"""


def shown(block: Block) -> Block:
    """Show a block that is folded, or on the side that is not chosen."""
    block.root.evaluate(SHOW)
    return block


def block_of(page: Page, selector: str) -> Block:
    """The first block that a selector finds."""
    name = page.locator(f".pp-block{selector}").first.get_attribute("id")
    return Block(page, int(str(name).removeprefix("block-")))


def preferred(page: Page) -> Block:
    """What a rule shows first: its block under Prefer."""
    return block_of(page, "[data-role=prefer]")


def test_last_blocks_run_as_recorded(page: Page, built: str) -> None:
    """In the reader's browser the last block of a rule, one in twenty, prints what it did in the build."""
    for file in sampled(RULES, 20):
        page.goto(built + address(file))
        names = page.locator(".pp-block[data-runnable]").evaluate_all("all => all.map(block => block.id)")
        if names:  # a rule may be about commands only
            runs_as_recorded(shown(Block(page, int(names[-1].removeprefix("block-")))))


def runs_as_recorded(block: Block) -> None:
    """Run a block; it has to end and print as it did in the build."""
    block.run()
    block.reaches("done", "error")
    expect(block.status).to_have_text(re.compile(r"^Same output( and exception)? as recorded\.$"))


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_blocks_run_as_recorded(page: Page, built: str, file: Path) -> None:
    """So does every block that can be run, a tenth of them at a time; the others say why they cannot."""
    blocks = collect(by_stem(file), file.read_text("utf-8")).blocks
    python = [block for block in blocks if block.is_python and not block.options.hidden]
    page.goto(built + address(file))
    runnable = []
    for block in (Block(page, collected.number) for collected in python):
        if block.root.get_attribute("data-runnable") is None:
            expect(block.root.locator(".pp-reason")).not_to_be_empty()
            expect(block.root.get_by_role("button", name=re.compile("^Run"))).to_have_count(0)
        else:
            runnable.append(block)
    for block in sampled(runnable):
        runs_as_recorded(shown(block))


def test_set_up_is_only_read(page: Page, built: str) -> None:
    """What the blocks of a page have in common is folded, and is neither run nor edited."""
    page.goto(f"{built}async/task-references/")
    setup = block_of(page, ":has(.pp-hidden)")
    setup.root.get_by_text("Set-up").click()
    expect(setup.root.get_by_text("WeakValueDictionary").first).to_be_visible()
    setup.root.get_by_text("WeakValueDictionary").first.click()
    expect(setup.editor).to_have_count(0)
    expect(setup.output).to_have_count(0)
    expect(setup.root.locator(".pp-action")).to_have_text(["Copy"])


def test_what_finds_a_rule(page: Page, built: str) -> None:
    """Of many rules of Ruff that find a rule, six are named above it; the others lead to all of them."""
    page.goto(f"{built}style/names/")
    *named, more = page.locator(".pp-facts").get_by_role("link").all()
    all_of_them = page.locator(".pp-fold:has(#found)").get_by_role("link", name=re.compile(r"^[A-Z]+\d+$"))
    assert len(named) == 6
    more.click()
    expect(all_of_them.first).to_be_in_viewport()
    expect(more).to_have_text(f"{all_of_them.count() - 6} more")


def test_what_cannot_run_says_why(page: Page, built: str) -> None:
    """A block for threads names the reason in place of the button."""
    page.goto(f"{built}async/blocking-calls/")
    assert any("it needs threads" in reason for reason in page.locator(".pp-reason").all_inner_texts())


def test_pages_are_quiet_and_fit(page: Page, built: str) -> None:
    """At 390 px no page scrolls sideways, complains in the console or asks another host for anything."""
    page.set_viewport_size({"width": 390, "height": 800})
    opened = "[...document.querySelectorAll('.pp-fold, .pp-hidden')].forEach((fold) => (fold.open = true))"
    for file in sampled(FILES):
        page.goto(built + address(file))
        page.evaluate(opened)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), file


def test_python_is_not_loaded_before_it_is_wanted(page: Page, built: str) -> None:
    """Reading a page costs nothing of Pyodide."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(built + address(RULES[0]), wait_until="networkidle")
    assert not [url for url in asked if "/runtime/" in url or "worker.js" in url]
    with page.expect_request(re.compile("pyodide.asm.wasm")):
        preferred(page).button("Run").focus()


@pytest.mark.parametrize("file", SAMPLE, ids=by_stem)
def test_without_javascript(browser: Browser, built: str, file: Path) -> None:
    """Text, code, recorded output and verification are all there without JavaScript."""
    blocks = collect(by_stem(file), file.read_text("utf-8")).blocks
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(built + address(file))
    for summary in page.locator(".pp-fold > summary, .pp-hidden > summary").all():
        summary.click(position={"x": 4, "y": 8})
    for number, block in enumerate(blocks, 1):
        root = page.locator(f"#block-{number}")
        code = block.code if block.is_python else block.source
        assert str(root.locator("code").first.text_content()).rstrip() == code.rstrip()
        expect(root.get_by_role("button")).to_have_count(0)
        if not block.is_python or block.options.hidden:
            continue
        expect(root.get_by_role("region", name="Output")).to_be_visible()
        printed = [line.strip() for line in block.source.splitlines() if line.strip().startswith("#> ")]
        shown = root.locator(".pp-output pre").inner_text()
        assert [line for line in printed if line[3:] not in shown] == []
        expect(root.locator(".pp-verified")).to_have_text(re.compile(r"^Verified ?on CPython 3\."))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    context.close()


def test_stop_on_a_real_page(page: Page, built: str) -> None:
    """A reader's endless loop is stopped at once, and the next run works."""
    page.goto(built + address(RULES[0]))
    block = preferred(page)
    block.button("Edit").click()
    block.editor.fill("while True:\n    pass")
    block.run_until("running")
    block.button("Stop").click()
    assert block.root.get_attribute("data-state") == "stopped"
    block.menu_item("Reset").click()
    block.run()
    expect(block.status).to_have_text(re.compile("^Same output"))


def test_edited_code_is_not_called_verified(page: Page, built: str) -> None:
    """What is said of the code that was verified stays while it is the same code, and comes back with it."""
    page.set_viewport_size({"width": 1600, "height": 900})
    page.goto(built + address(RULES[0]))
    block = preferred(page)
    verified, label = block.root.locator(".pp-verified"), block.root.locator(".pp-label:visible")
    expect(verified).to_be_visible()
    expect(label).to_have_text("Prefer")
    block.button("Edit").click()
    expect(block.editor).to_be_focused()
    expect(verified).to_be_visible()
    expect(label).to_have_text("Prefer")
    page.keyboard.insert_text("#")
    expect(verified).to_be_hidden()
    expect(label).to_have_text("Edited")
    block.menu_item("Reset").click()
    expect(verified).to_be_visible()
    expect(label).to_have_text("Prefer")


def test_start_in_one_click(page: Page, built: str) -> None:
    """On the home page one click runs Python, and one more leads to each course."""
    page.goto(built)
    Block(page).run_until("done")
    for topic in TOPICS:
        page.goto(built)
        page.get_by_role("link", name="Look something up").click()
        page.locator(f'.pp-course-link[href="{topic.name}/"]').click()
        expect(page.locator(".pp-course-link")).to_have_count(len(list(topic.glob("*.md"))) - 1)


def test_print(page: Page, built: str) -> None:
    """On paper there are code and output, and no buttons."""
    page.goto(built + address(RULES[0]))
    page.emulate_media(media="print")
    expect(preferred(page).button("Run")).to_be_hidden()
    expect(preferred(page).output).to_be_visible()


def test_provenance(page: Page, built: str) -> None:
    """A rule names the interpreters and the tools that it was verified with."""
    for file in SAMPLE[1:]:
        page.goto(built + address(file))
        text = page.locator(".pp-provenance").inner_text()
        for needed in (*(f"{version}." for version in aliases()), "native", "mypy "):
            assert needed in text
