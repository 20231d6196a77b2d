"""Readers run, stop, edit and reset the examples of a page."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from .driver import Block, held, opened
from .page import Example, Site

HELLO = Example("print('hello')\n", "hello\n")
ENDLESS = Example("print('on')\nwhile True:\n    pass\n", "on\n")


def test_runs_and_compares(page: Page, site: Site) -> None:
    """A run shows what is printed, and that it is what the build recorded."""
    block = opened(page, site, HELLO)
    block.reaches("idle")
    block.run_until("done")
    expect(block.screen).to_have_text("hello\n")
    expect(block.status).to_have_text("Same output as recorded.")
    expect(block.root).to_have_attribute("data-start", "snapshot")


def test_says_when_the_output_differs(page: Page, site: Site) -> None:
    """Other output than recorded is said to be so, and the recorded output stays at hand."""
    block = opened(page, site, Example("print(2)\n", "1\n"))
    block.run_until("done")
    expect(block.status).to_have_text("Differs from the recorded output.")
    expect(block.screen).to_have_text("2\n")
    block.output.get_by_text("Recorded output", exact=True).click()
    expect(block.output.locator("details pre")).to_have_text("1\n")


def test_a_recorded_exception_is_recognised(page: Page, site: Site) -> None:
    """An exception that the build saw too is an error that the page says was expected."""
    block = opened(page, site, Example("print(1)\nraise ValueError('no')\n", "1\n", "ValueError: no"))
    block.run_until("error")
    expect(block.status).to_have_text("Same output and exception as recorded.")


def test_another_exception_is_told_apart(page: Page, site: Site) -> None:
    """The same output with another exception differs from what was recorded."""
    block = opened(page, site, Example("raise KeyError(1)\n", error="ValueError: no"))
    block.run_until("error")
    expect(block.status).to_have_text("Differs from the recorded output.")


def test_tracebacks_show_the_readers_lines_only(page: Page, site: Site) -> None:
    """Frames of the standard library and of the harness are left out."""
    source = "import json\n\njson.loads('{')\n"
    block = opened(page, site, Example(source))
    block.run_until("error")
    text = block.screen.inner_text()
    assert text.startswith("Traceback (most recent call last):\n")
    assert text.count("  File ") == 1
    assert '  File "example.py", line 3, in <module>' in text
    expect(block.screen.locator(".pp-stderr")).to_contain_text("json.decoder.JSONDecodeError: ")


def test_errors_are_told_apart_from_output(page: Page, site: Site) -> None:
    """Text for stderr is marked, in the order in which the program writes."""
    source = "import sys\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)\n"
    block = opened(page, site, Example(source, "1\n3\n"))
    block.run_until("done")
    expect(block.screen).to_have_text("1\n2\n3\n")
    expect(block.screen.locator(".pp-stderr")).to_have_text("2\n")
    expect(block.status).to_have_text("Same output as recorded.")


def test_says_that_nothing_was_printed(page: Page, site: Site) -> None:
    """A run without output leaves no empty hole."""
    block = opened(page, site, Example("x = 1\n"))
    block.run_until("done")
    expect(block.screen).to_have_text("Prints nothing")
    expect(block.status).to_have_text("Same output as recorded.")


@pytest.mark.parametrize(
    "wait",
    [
        "while True: pass",
        "import time; time.sleep(60)",
        "import asyncio; asyncio.run(asyncio.sleep(60))",
    ],
)
def test_output_appears_while_the_program_blocks(page: Page, site: Site, wait: str) -> None:
    """All that was printed is there although the program never lets go of its thread."""
    block = opened(page, site, Example(f"for n in range(5):\n    print(n)\n{wait}\n"))
    block.run()
    expect(block.screen).to_have_text("0\n1\n2\n3\n4\n")
    block.reaches("running")


def test_stops_an_endless_loop_at_once(page: Page, site: Site) -> None:
    """Stop ends the program, keeps its output and lets it run again."""
    block = opened(page, site, ENDLESS)
    block.run()
    expect(block.screen).to_have_text("on\n")
    block.button("Stop").click()
    assert block.root.get_attribute("data-state") == "stopped"
    expect(block.status).to_have_text("Stopped.")
    expect(block.screen).to_have_text("on\n")
    expect(block.button("Stop")).to_be_hidden()
    block.run_until("running")


def test_stops_while_python_starts(page: Page, site: Site) -> None:
    """A start that takes too long can be given up, and tried again."""
    with held(page, "snapshot.bin"):
        block = opened(page, site, HELLO)
        block.run_until("starting")
        block.button("Stop").click()
        block.reaches("stopped")
        expect(block.output.locator("pre")).to_have_text("hello\n")
    block.run_until("done")


def test_every_run_gets_a_fresh_interpreter(page: Page, site: Site) -> None:
    """Nothing that a run leaves behind is seen by the next."""
    source = "import builtins\nprint(hasattr(builtins, 'leak'))\nbuiltins.leak = True\n"
    block = opened(page, site, Example(source, "False\n"))
    for _ in range(3):
        block.run_until("done")
        expect(block.status).to_have_text("Same output as recorded.")


def test_random_numbers_differ_between_runs(page: Page, site: Site) -> None:
    """Interpreters that start from one snapshot do not share its seed."""
    block = opened(page, site, Example("import random\nprint(random.random())\n"))
    seen = set()
    for _ in range(3):
        block.run_until("done")
        seen.add(block.screen.inner_text())
    assert len(seen) == 3


def test_starting_one_block_stops_the_other(page: Page, site: Site) -> None:
    """One program runs at a time: the one that was asked for last."""
    first = opened(page, site, ENDLESS, HELLO)
    second = Block(page, 2)
    first.run_until("running")
    second.run_until("done")
    first.reaches("stopped")


def test_runs_what_a_block_continues_from(page: Page, site: Site) -> None:
    """The blocks before are run silently; the reader edits the last one."""
    block = opened(page, site, Example("print(x)\n", "1\n", before=("x = 1\nprint('set up')\n",)))
    block.run_until("done")
    expect(block.screen).to_have_text("1\n")
    block.button("Edit").click()
    expect(block.editor).to_have_text("print(x)")
    block.editor.fill("print(x + 1)")
    block.run_until("done")
    expect(block.screen).to_have_text("2\n")


ASYNC = "import asyncio\nasync def main():\n    await asyncio.sleep(0.01)\n    print('woke')\n"


@pytest.mark.parametrize("jspi", [True, False])
@pytest.mark.parametrize("call", ["await main()", "asyncio.run(main())"])
def test_async_code_runs(page: Page, site: Site, jspi: bool, call: str) -> None:
    """Top-level await and asyncio.run() work, in browsers without stack switching too."""
    if not jspi:
        page.context.route("**/worker.js", without_jspi)
    block = opened(page, site, Example(f"{ASYNC}{call}\n", "woke\n"))
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    expect(block.root).to_have_attribute("data-start", "snapshot")


def without_jspi(route: Route) -> None:
    """Serve the worker to a browser that has no JavaScript Promise Integration."""
    remove = "for (const name of ['Suspending', 'promising', 'SuspendError']) delete WebAssembly[name];"
    route.fulfill(body=f"{remove}\n{route.fetch().text()}", content_type="text/javascript")


def test_output_is_text(page: Page, site: Site) -> None:
    """Markup that a program prints is shown, never obeyed."""
    text = "<img src=x onerror=document.body.remove()>&amp;"
    block = opened(page, site, Example(f"print('{text}')\n", f"{text}\n"))
    block.run_until("done")
    expect(block.screen).to_have_text(f"{text}\n")
    expect(page.locator("img")).to_have_count(0)


def test_a_flood_of_output_ends(page: Page, site: Site) -> None:
    """A program that prints without end is ended, and the page shows a bearable part."""
    block = opened(page, site, Example("while True:\n    print('again')\n"))
    block.run_until("error")
    expect(block.screen).to_contain_text("OutputLimit: printed more than 200,000 characters")
    expect(block.status).to_contain_text("Shown in part.")
    assert len(block.screen.inner_text()) < 110_000
    while block.button("Show more output").count():
        block.button("Show more output").click()
    assert block.screen.inner_text().count("again\n") == 33_333
    expect(block.screen).to_contain_text(re.compile(r"characters\s*$"))  # the traceback is last
    block.run_until("error")


def test_one_endless_line_is_cut(page: Page, site: Site) -> None:
    """A long line is cut like many lines, and the comparison is with all of it."""
    block = opened(page, site, Example("print('x' * 150_000)\n", "x" * 150_000 + "\n"))
    block.run_until("done")
    assert len(block.screen.inner_text()) == 100_000
    expect(block.status).to_have_text("Same output as recorded. Shown in part.")
    block.button("Show more output").click()
    assert len(block.screen.inner_text()) == 150_001
    expect(block.screen).to_be_focused()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("import os\nprint('last words')\nos._exit(3)\n", "Exited with status 3."),
        (
            "import ctypes\nprint('last words')\nctypes.string_at(0xFFFFFFF0)\n",
            "memory access out of bounds",
        ),
    ],
)
def test_an_interpreter_that_dies_is_replaced(
    page: Page, site: Site, problems: list[str], source: str, message: str
) -> None:
    """The page says what happened, keeps the output, and the next run is fine."""
    block = opened(page, site, Example(source), HELLO)
    block.run_until("error")
    expect(block.screen).to_have_text("last words\n")
    expect(block.status).to_contain_text(message)
    problems.clear()  # Pyodide's farewell on the console
    Block(page, 2).run_until("done")
