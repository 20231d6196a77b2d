"""What learners write works, or ends in a sentence that helps: `programs.toml` has what they write."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from proven.project import BROWSER

from ..sampling import sampled
from .driver import Block
from .page import Example, Site

PROGRAMS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent / "programs.toml").read_text("utf-8"))[
    "program"
]


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


def test_works_or_helps(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """Nothing ends in a bare error; all programs stand on one page, and a share of them is run."""
    examples = [Example(program["code"], versions=[program.get("version", BROWSER)]) for program in PROGRAMS]
    page.goto(site.page(*examples))
    for program in sampled(PROGRAMS):
        with subtests.test(program["name"]):
            ends_as_told(Block(page, 1 + PROGRAMS.index(program)), program)


def ends_as_told(block: Block, program: dict[str, Any]) -> None:
    """Run a program, and hold what is seen against what the table says."""
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
    names = [program["name"] for program in PROGRAMS]
    assert len(set(names)) == len(names)
