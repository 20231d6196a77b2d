"""Programs that misbehave: each ends in a clear state, and the next run is fine."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page, expect

from ..sampling import sampled
from .driver import Block
from .page import Example, Site
from .test_starting import HELLO

FAILS = {
    "deep recursion": ("def deeper(): return deeper()\ndeeper()\n", "RecursionError"),
    "recursion in C": (
        "nested = []\nfor _ in range(10**6): nested = [nested]\nrepr(nested)\n",
        "it went deeper than a browser allows",
    ),
    "recursive repr": (
        "class Loop:\n    def __repr__(self): return repr(self)\nprint(Loop())\n",
        "RecursionError: Stack overflow",
    ),
    "memory at once": ("bytearray(2**31 - 1)\n", "MemoryError"),
    "memory bit by bit": ("kept = []\nwhile True: kept.append(bytearray(2**24))\n", "MemoryError"),
    "endless output": ("while True: print('again')\n", "OutputLimit"),
    "endless errors": ("import sys\nwhile True: print('again', file=sys.stderr)\n", "OutputLimit"),
    "output limit caught": (
        "while True:\n    try: print('again' * 999)\n    except BaseException: break\nprint('more')\n",
        "OutputLimit",
    ),
    "a million lines": ("print('line\\n' * 10**6)\n", "OutputLimit"),
    "infinite generator": ("import itertools\nprint(*itertools.count())\n", ""),
    "syntax error": ("def broken(:\n", "SyntaxError"),
    "null byte": ("exec('\\0')\n", "SyntaxError"),
    "exception without words": (
        "class Mute(Exception):\n    def __str__(self): raise self\nraise Mute\n",
        "Mute",
    ),
    "exception with too many words": ("raise ValueError('long ' * 10**6)\n", "ValueError"),
    "exceptions in exceptions": (
        "error = ValueError()\nfor _ in range(500): error = ExceptionGroup('deep', [error])\nraise error\n",
        "ExceptionGroup",
    ),
    "status": ("import sys\nsys.exit('gave up')\n", "gave up"),
    "sudden exit": ("import os\nos._exit(3)\n", ""),
    "crash": ("import ctypes\nctypes.string_at(0xFFFFFFF0)\n", ""),
    "no thread": ("import threading\nthreading.Thread(target=print).start()\n", "RuntimeError"),
    "no process": ("import subprocess\nsubprocess.run(['true'])\n", "OSError"),
    "tasks that wait for each other": (
        "import asyncio\nasync def main(): await asyncio.Event().wait()\nasyncio.run(main())\n",
        "Deadlock",
    ),
    "number too long": ("print(10**10000)\n", "ValueError"),
    "no modules left": ("import sys\nsys.modules.clear()\nimport json\nraise ValueError('still here')\n", ""),
    "no builtins left": (
        "__builtins__.clear() if isinstance(__builtins__, dict) else vars(__builtins__).clear()\n",
        "",
    ),
}

SURVIVES = {
    "output closed": ("import sys\nsys.stdout.close()\nprint('on')\n", "on"),
    "no stdout": ("import sys\nsys.stdout = None\nprint('nothing')\n", ""),
    "half a character": ("print('\\ud800', 'rest')\n", "rest"),
    "controls": ("print('\\x1b[31mred\\x07\\u202edesrever\\0')\n", "red"),
    "markup": ("print('</pre><script>document.title = 1</script>')\n", "</script>"),
    "last words": ("class Loud:\n    def __del__(self): raise ValueError('late')\nloud = Loud()\n", "late"),
}

HANGS = {
    "endless loop": "print('on')\nwhile True: pass\n",
    "long sleep": "import time\nprint('on')\ntime.sleep(10**6)\n",
    "exceptions caught": "print('on')\nwhile True:\n    try: 1 / 0\n    except BaseException: pass\n",
    "regular expression": "import re\nprint('on')\nre.match(r'(a+)+$', 'a' * 40 + 'b')\n",
    "huge power": "print('on')\n3 ** (3 ** 20)\n",
    "endless async": (
        "import asyncio\nprint('on')\n"
        "async def main():\n    while True: await asyncio.sleep(0)\nasyncio.run(main())\n"
    ),
    "endless generator": "print('on')\nsum(iter(int, 1))\n",
}


def each(
    page: Page,
    site: Site,
    subtests: pytest.Subtests,
    programs: Mapping[str, str],
    ends: Callable[[str, Block], None],
) -> None:
    """Run programs on one page, by their names: how each `ends`, and that then all is as if it had not run.

    A third of them at a time. The page answers, the button says Run, and the next block does what it has
    to: the next program, and after a tenth of them one that was recorded.
    """
    page.goto(site.page(*map(Example, programs.values()), HELLO))
    tried = sampled(list(programs), 3)
    chosen = sampled(tried)
    for name in tried:
        block, after = (Block(page, number) for number in (1 + [*programs].index(name), 1 + len(programs)))
        with subtests.test(name):
            ends(name, block)
            expect(block.button("Run")).to_be_visible()
        if name in chosen:
            with subtests.test(f"after {name}"):
                after.run_until("done")
                expect(after.status).to_have_text("Same output as recorded.")


def test_ends_as_an_error(page: Page, site: Site, problems: list[str], subtests: pytest.Subtests) -> None:
    """The reader is told what it was."""

    def ends(name: str, block: Block) -> None:
        block.run_until("error")
        expect(block.output).to_contain_text(FAILS[name][1])
        expect(block.output).not_to_be_empty()

    each(page, site, subtests, {name: source for name, (source, _) in FAILS.items()}, ends)
    problems.clear()  # what a dying Pyodide says on the console


def test_ends_well(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """Strange, but no error."""

    def ends(name: str, block: Block) -> None:
        block.run_until("done")
        expect(block.output).to_contain_text(SURVIVES[name][1])

    each(page, site, subtests, {name: source for name, (source, _) in SURVIVES.items()}, ends)


def test_is_stopped(page: Page, site: Site, subtests: pytest.Subtests) -> None:
    """Stop ends what does not end by itself, and the page works all the while."""

    def ends(_: str, block: Block) -> None:
        block.run()
        expect(block.screen).to_contain_text("on")
        block.button("Stop").click()
        block.reaches("stopped")
        expect(block.status).to_have_text("Stopped.")

    each(page, site, subtests, HANGS, ends)
