"""How a program ends is told so that it helps: exits, limits, and what a browser has in place of the rest."""

import pytest
from playwright.sync_api import Page, expect

from ..sampling import sampled
from .driver import Block, opened
from .page import Example, Site
from .test_editing import edited
from .test_programs import run
from .test_site import preferred
from .test_versions import VERSIONS, choose


def test_a_recorded_exception_needs_no_note(page: Page, site: Site) -> None:
    """An example that ends as the page says is not explained."""
    missing = "FileNotFoundError: [Errno 44] No such file or directory: 'x'"
    block = opened(page, site, Example("open('x')\n", error=missing), Example("open('y')\n", error=missing))
    block.run_until("error")
    expect(block.status).to_have_text("Same output and exception as recorded.")
    expect(block.note).to_have_count(0)
    other = Block(page, 2)
    other.run_until("error")
    expect(other.note).to_contain_text("write 'y' first")


def test_a_note_is_text_and_goes_with_the_next_run(page: Page, site: Site) -> None:
    """What a program names is shown as it is, as long as it is what ran last."""
    block = edited(page, site, "open('<img src=x>')")
    block.run_until("error")
    expect(block.note).to_contain_text("write '<img src=x>' first")
    expect(page.locator("img")).to_have_count(0)
    block.editor.fill("print(1)")
    block.run_until("done")
    expect(block.note).to_have_count(0)


@pytest.mark.parametrize(
    ("source", "shown", "status"),
    [
        ("import sys\nsys.exit('no <file> given')", "no <file> given\n", "Exited with status 1."),
        ("import sys\nprint('so far')\nsys.exit(3)", "so far\n", "Exited with status 3."),
        ("raise SystemExit(-1)", "Prints nothing", "Exited with status 255."),
        ("import os\nprint('so far', flush=True)\nos._exit(4)", "so far\n", "Exited with status 4."),
    ],
)
def test_a_program_leaves_quietly(page: Page, site: Site, source: str, shown: str, status: str) -> None:
    """It says what a terminal would show, and no traceback; nothing of the code is marked."""
    block = edited(page, site, source)
    block.run_until("error")
    expect(block.screen).to_have_text(shown)
    expect(block.status).to_have_text(status)
    expect(block.findings).to_have_count(0)
    expect(block.marks).to_have_count(0)


@pytest.mark.parametrize("leave", ["sys.exit()", "sys.exit(0)", "exit()", "quit()"])
def test_a_program_leaves_well(page: Page, site: Site, leave: str) -> None:
    """To leave without a complaint is to end."""
    block = edited(page, site, f"import sys\nprint('bye')\n{leave}\nprint('not here')")
    block.run_until("done")
    expect(block.screen).to_have_text("bye\n")
    expect(block.status).to_have_text("")


def test_a_recorded_exit_is_recognised(page: Page, site: Site) -> None:
    """What the page says of an exit is compared as before."""
    block = opened(page, site, Example("raise SystemExit('gave up')\n", error="SystemExit: gave up"))
    block.run_until("error")
    expect(block.screen).to_have_text("gave up\n")
    expect(block.status).to_have_text("Same output and exception as recorded. Exited with status 1.")


def test_what_fits_is_shown(page: Page, site: Site) -> None:
    """Of one piece that is longer than the limit there is as much as of many short ones."""
    block = edited(page, site, "print('start')\nprint('a' * 3_000_000)")
    block.run_until("error")
    expect(block.status).to_have_text("Stopped: it printed more than 200,000 characters. Shown in part.")
    block.button("Show more output").click()
    expect(block.button("Show more output")).to_have_count(0)
    text = str(block.screen.text_content())
    assert text.count("a" * 1000) == 199
    assert text.startswith("start\naaaa")
    assert "\nOutputLimit: printed more than 200,000 characters" in text


@pytest.mark.parametrize("version", sampled(VERSIONS))
def test_time_zones(page: Page, built: str, version: str) -> None:
    """On every version, one at a time, a program finds zones; a wrong name asks for no package."""
    page.goto(f"{built}functions/mutable-defaults/")
    block = preferred(page)
    choose(block, version)
    block.button("Edit").click()
    block.editor.fill(
        "from datetime import datetime\nfrom zoneinfo import ZoneInfo\n\n"
        "print(datetime(2024, 7, 1, tzinfo=ZoneInfo('Europe/Berlin')))\nZoneInfo('Europe/Atlantis')"
    )
    block.run_until("error")
    expect(block.screen).to_contain_text("2024-07-01 00:00:00+02:00\n")
    expect(block.screen).to_contain_text("No time zone found with key Europe/Atlantis")
    expect(block.screen).not_to_contain_text("loadPackage")


@pytest.mark.parametrize("version", sampled(VERSIONS))
def test_a_shell_and_a_terminal(page: Page, site: Site, version: str) -> None:
    """On every version, one at a time, a program that looks for them goes on, and asks for a password."""
    source = "import getpass, os\n\nprint(os.system('clear'), os.system('ls'))\nprint(getpass.getpass())\n"
    page.goto(site.page(Example(source, versions=[version])))
    block = Block(page)
    assert run(block, ["secret"]) == "done"
    expect(block.screen).to_contain_text("0 32512\n")
    expect(block.screen).to_contain_text("secret\n")


def test_calls_within_calls(page: Page, site: Site, problems: list[str]) -> None:
    """What overflows the browser's own stack is told in words for who wrote the program."""
    nested = "data = []\nfor _ in range(100_000):\n    data = [data]\nprint(data)\n"
    block = edited(page, site, nested)
    block.run_until("error")
    expect(block.status).to_contain_text("Python broke down: it went deeper than a browser allows")
    expect(block.status).not_to_contain_text("call stack")
    problems.clear()  # Pyodide writes to the console that it has broken down
