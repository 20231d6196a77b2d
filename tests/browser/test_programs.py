"""What learners write works, or ends in a sentence that helps: `programs.toml` has what they write."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from proven.project import BROWSER

from .conftest import PATIENCE
from .driver import Block
from .page import Example, Site

PROGRAMS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "programs.toml").read_text("utf-8"))[
    "program"
]
NAMES = [program["name"] for program in PROGRAMS]


@pytest.fixture(scope="module")
def tab(browser: Browser, site: Site) -> Iterator[Page]:
    """A tab with all programs on one page."""
    context = browser.new_context()
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    examples = [Example(program["code"], versions=[program.get("version", BROWSER)]) for program in PROGRAMS]
    page.goto(site.page(*examples))
    yield page
    context.close()


def run(block: Block, answers: list[str]) -> str:
    """Run a program, type what it asks for, and then end its input; the state that it ends in."""
    block.run()
    waiting = iter(answers)
    while True:
        block.reaches("asking", "done", "error")
        if block.root.get_attribute("data-state") != "asking":
            return str(block.root.get_attribute("data-state"))
        answer = next(waiting, None)
        if answer is None:
            block.button("End of input").click()
        else:
            block.root.get_by_label("Input for the program").fill(answer)
            block.button("Enter").click()


@pytest.mark.parametrize("number", range(len(PROGRAMS)), ids=NAMES)
def test_works_or_helps(tab: Page, number: int) -> None:
    """Nothing ends in a bare error."""
    program = PROGRAMS[number]
    block = Block(tab, number + 1)
    state = run(block, program.get("answers", []))
    assert state == ("error" if {"note", "error", "exits"} & program.keys() else "done")
    expect(block.note).to_have_count(int("note" in program))
    expect(block.status).not_to_contain_text("broke down")
    if "note" in program:
        expect(block.note).to_contain_text(program["note"])
    if "exits" in program:
        expect(block.status).to_contain_text(f"Exited with status {program['exits']}.")
    expect(block.screen).to_contain_text(program.get("shows", program.get("error", "")))


def test_there_are_no_two_of_a_name() -> None:
    """A test's name says which program it is."""
    assert len(set(NAMES)) == len(NAMES)
