"""What a program prints for a terminal is obeyed, as far as one line reaches, and stays text."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from ..sampling import sampled
from .driver import Block, missing, opened
from .page import Example, Site
from .test_axe import Scheme, violations
from .test_editing import HELLO, edited
from .test_site import preferred

SHOWN = {
    "progress": ("for n in range(0, 101, 5): print(f'{n} %', end='\\r')", "100 %"),
    "progress, then a line": ("print('working...', end='\\r')\nprint('done')", "doneing...\n"),
    "a bar after what was printed": ("print('a', end='')\nprint('b\\rc', end='')", "cb"),
    "lines of Windows": ("print('one\\r\\ntwo\\r\\n', end='')", "one\ntwo\n"),
    "a spinner": ("print('- ', end='')\nfor c in '|/-': print(f'\\b\\b{c} ', end='')", "- "),
    "no farther back than the line": ("print('a\\n\\b\\b\\bb')", "a\nb\n"),
    "the rest of a line erased": ("print('long text\\rshort\\x1b[K')", "short\n"),
    "a line erased": ("print('gone\\x1b[2K\\rnew')", "new \n"),
    "the start of a line erased": ("print('abc\\b\\x1b[1Kd')", "  d\n"),
    "cleared by 2J": ("print('gone\\n\\x1b[2J\\x1b[Hnew')", "new\n"),
    "cleared by c": ("print('gone')\nprint('\\x1bcnew')", "new\n"),
    "cleared of all streams": ("import sys\nprint('a', file=sys.stderr)\nprint('b\\x1b[1;1Hnew')", "new\n"),
    "the cursor moved": ("print('a\\x1b[3Ab\\x1b[?25lc\\x1b[5;7Hd\\x1b[2Se')", "abcde\n"),
    "a title": ("print('\\x1b]0;title\\x07a\\x1bP1;2|b\\x1b\\\\c')", "ac\n"),
    "character sets": ("print('\\x1b(Ba\\x1b7b\\x1b=c\\x07')", "abc\n"),
    "escapes that never end": ("print('a\\x1b[é', 'b\\x1b]8;;c', 'd\\x1b')\nprint('e')", "a[é b]8;;c d\ne\n"),
    "escapes in pieces": (
        "import sys, time\nfor c in '\\x1b[3', '1mred\\x1b', '[0m!':\n"
        "    sys.stdout.write(c)\n    sys.stdout.flush()\n    time.sleep(0.05)",
        "red!",
    ),
    "a link": ("print('\\x1b]8;;https://example.org/\\x1b\\\\text\\x1b]8;;\\x1b\\\\')", "text\n"),
    "markup": ("print('\\x1b[31m<img src=x onerror=f(1)>\\x1b[0m&lt;')", "<img src=x onerror=f(1)>&lt;\n"),
    "markup in a link": (
        "print('\\x1b]8;;javascript:alert(1)\"><b>\\x07<i>t</i>\\x1b]8;;\\x07')",
        "<i>t</i>\n",
    ),
    "markup in a style": ("print('\\x1b[31;\"><b>m', '\\x1b[<b>m')", '[31;"><b>m >m\n'),
    "typed for it": ("input('name? ')\nprint('\\ra\\rb')", "name? Ann\nb\n"),
    "characters of two halves": ("print('\\U0001f40d\\U0001f40d\\r\\U0001f98a')", "\U0001f98a\U0001f40d\n"),
}  # fmt: skip
"""Programs, and what is seen of them in the end."""


def test_what_is_shown(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """Each program shows what a terminal would, a third of them at a time; nothing becomes an element."""
    page.goto(site.page(*(Example(f"{source}\n") for source, _ in SHOWN.values())))
    for number, (name, (source, text)) in sampled(list(enumerate(SHOWN.items(), 1)), 3):
        block = Block(page, number)
        with subtests.test(name):
            block.run()
            if "input" in source:
                field = block.root.get_by_label("Input for the program")
                field.fill("Ann")
                field.press("Enter")
            block.reaches("done")
            expect(block.screen).to_have_js_property("textContent", text)
            assert block.screen.locator(":not(span)").count() == 0


STYLES = {
    "\\x1b[31mx": "pp-red-fg",
    "\\x1b[1;4;92mx": "pp-bold pp-underline pp-green-fg",
    "\\x1b[3;44mx": "pp-italic pp-blue-bg",
    "\\x1b[90mx": "pp-grey-fg",
    "\\x1b[2mx": "pp-faint",
    "\\x1b[38;5;203mx": "pp-red-fg",
    "\\x1b[38;2;10;20;200mx": "pp-blue-fg",
    "\\x1b[48;2;250;250;250mx": "pp-grey-bg",
    "\\x1b[31m\\x1b[42mx": "pp-red-fg pp-green-bg",
}
"""Escapes, and the classes of what comes after."""


def test_styles(page: Page, site: Site) -> None:
    """Colours, bold, italic and underline are shown by classes, and end where they end."""
    lines = "".join(f"print('{escape}\\x1b[0my')\n" for escape in STYLES)
    block = opened(page, site, Example(lines))
    block.run_until("done")
    expect(block.screen).to_have_js_property("textContent", "xy\n" * len(STYLES))
    assert block.screen.locator("span span").evaluate_all("all => all.map((each) => each.className)") == [
        *STYLES.values()
    ]
    assert page.locator("[style*=color]").count() == 0


PALETTE = """
for back in ('', *range(40, 48), *range(100, 108)):
    for front in (0, 1, 2, *range(30, 38), *range(90, 98)):
        print(f'\\x1b[{front};{back}mtext\\x1b[0m', end=' ')
    print()
"""


@pytest.mark.parametrize(("scheme", "width"), [("light", 1300), ("dark", 390)])
def test_every_colour_can_be_read(page: Page, built: str, axe: str, scheme: Scheme, width: int) -> None:
    """On any other, in both schemes, as axe-core measures it."""
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(built + "async/timeouts/")
    block = preferred(page)
    block.button("Edit").click()
    block.editor.fill(PALETTE)
    block.run_until("done")
    expect(block.screen.locator(".pp-cyan-fg").first).to_be_visible()
    assert violations(page, axe, f"#{block.root.get_attribute('id')}") == []
    light = block.screen.locator(".pp-red-fg").first.evaluate("text => getComputedStyle(text).color")
    assert (light == "rgb(163, 27, 20)") == (scheme == "light")


def test_recorded_output_is_compared_as_it_was_printed(page: Page, site: Site) -> None:
    """The raw text is, with what a terminal takes away."""
    text = "\\x1b[31m1\\r2\\x1b[0m\\n"
    shown = text.encode().decode("unicode_escape")
    block = opened(page, site, Example(f"print('{text}', end='')\n", shown))
    block.run_until("done")
    expect(block.status).to_have_text("Same output as recorded.")
    expect(block.screen).to_have_js_property("textContent", "2\n")


def test_a_long_animation_is_shown_whole(page: Page, site: Site) -> None:
    """The limits of what is shown at once are of what is seen, not of what was written over."""
    program = "for n in range(15_000): print(f'{n:8}', end='\\r')\nprint()\nprint('x\\n' * 9, end='')"
    block = edited(page, site, program)
    block.run_until("done")
    expect(block.screen).to_have_text(f"{14_999:8}\n" + "x\n" * 9)
    expect(block.status).to_have_text("")
    block.editor.fill("for n in range(400): print('\\x1b[2J' + f'{n}\\n' * 9)")
    block.run_until("done")
    expect(block.screen).to_have_text("399\n" * 9 + "\n")
    expect(block.status).to_have_text("")
    block.editor.fill("print('\\x1b[31m' + 'x\\n' * 1500, end='')")
    block.run_until("done")
    expect(block.status).to_have_text("Shown in part.")
    assert str(block.screen.text_content()).count("x") == 1001
    block.button("Show more output").click()
    assert str(block.screen.text_content()).count("x") == 1500


def test_a_run_begins_anew(page: Page, site: Site) -> None:
    """Colours and an unfinished line of one run are not there in the next."""
    block = edited(page, site, "print('\\x1b[31mred', end='')")
    block.run_until("done")
    block.editor.fill("print('plain\\r')")
    block.run_until("done")
    expect(block.screen).to_have_text("plain\n")
    expect(block.screen.locator("span span")).to_have_count(0)


def test_an_exception_stays_last(page: Page, site: Site) -> None:
    """The traceback is not cleared, nor written over, by what was printed before it."""
    block = edited(page, site, "print('\\x1b[31mgone\\x1b[2Jred', end='\\r')\n1 / 0")
    block.run_until("error")
    expect(block.screen.locator("> span")).to_have_count(2)
    expect(block.screen.locator("> span").first).to_have_text("red")
    expect(block.screen.locator("> span").last).to_contain_text("ZeroDivisionError")


def test_it_is_fetched_when_it_is_needed(page: Page, site: Site) -> None:
    """A program that prints text alone costs nothing of it."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    block = edited(page, site, "print('plain')")
    block.run_until("done")
    assert not [url for url in asked if "terminal" in url]
    block.editor.fill("print('a\\rb')")
    block.run_until("done")
    expect(block.screen).to_have_text("b\n")
    assert len([url for url in asked if "terminal" in url]) == 1


def test_while_it_is_fetched(page: Page, site: Site) -> None:
    """The program goes on and ends; what it printed, and that it is shown in part, comes with the module."""
    waiting: list[Route] = []
    page.route("**/terminal.js", lambda route: waiting.append(route))
    block = opened(page, site, Example("print('a\\rb\\n' * 1500, end='')\n"), HELLO)
    block.run_until("done")
    expect(block.screen).to_be_empty()
    expect(block.status).to_have_text("Differs from the recorded output.")
    waiting[0].continue_()
    expect(block.status).to_have_text("Differs from the recorded output. Shown in part.")
    assert block.screen.text_content() == "b\n" * 1000 + "b"
    block.button("Show more output").click()
    assert block.screen.text_content() == "b\n" * 1500


def test_when_it_cannot_be_fetched(page: Page, site: Site, problems: list[str]) -> None:
    """Everything is shown as it is, and the next run tries again."""
    block = opened(page, site, Example("print('a\\x1b[31mb')\n"))
    with missing(page, "terminal.js*"):
        block.run_until("done")
        expect(block.screen).to_have_text("a\x1b[31mb\n")
    block.run_until("done")
    expect(block.screen).to_have_text("ab\n")
    problems.clear()


def test_forced_colours(browser: Browser, site: Site) -> None:
    """Where the reader chooses the colours, the text of a program has them."""
    with browser.new_context(forced_colors="active") as context:
        block = opened(context.new_page(), site, Example("print('\\x1b[31mred\\x1b[0m', 'not')\n"))
        block.run_until("done")
        red = block.screen.locator(".pp-red-fg")
        colors = [
            text.evaluate("text => getComputedStyle(text).color") for text in (red, red.locator("xpath=.."))
        ]
        assert colors[0] == colors[1]
