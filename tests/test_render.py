"""The HTML of a block: tests/cases/render/ holds what is written for each kind.

`UPDATE_CASES=1` writes it anew.
"""

from dataclasses import replace

import pytest

from proven.model import Block, Error, Interpreter, Need, Options, Print, Result, Source
from proven.render.block import block_html, recorded

from .conftest import CASES
from .golden import golden

OLD = Interpreter("3.13", "3.13.2", "Pyodide 0.29.5", "py313")
BROWSER = Interpreter("3.14", "3.14.2", "Pyodide 314.0.7", "py314")
NATIVE = Interpreter("native", "3.13.9", "native linux-x86_64")

CODE = "print('<b>&')\n"
BLOCK = Block("docs/x.md", 3, 1, "python", CODE, CODE, (1,), "", "prefer", Options())
PRINTED = Result(stdout="<b>&\n")
FAILED = Result(
    stdout="before\n",
    stderr="noise\n",
    error=Error("ValueError", "no <b>", 1, "Traceback\nValueError: no <b>\n"),
)

TOML = "[tool.ruff]\nline-length = 99\n\n[tool.black]\nline-length = 99\n"
DATA = replace(BLOCK, language="toml", source=TOML, code=TOML, role="other")
SESSION = "$ echo '<b>'\n<b>\n"
CONSOLE = replace(BLOCK, language="console", source=SESSION, code="$ echo '<b>'\n", role="other")
ECHO = Result(stdout="<b>\n", prints=(Print(1, 0, "<b>\n"),))

BLOCKS: dict[str, tuple[Block, dict[Interpreter, Result]]] = {
    "printed": (BLOCK, {OLD: PRINTED, BROWSER: PRINTED, NATIVE: PRINTED}),
    "silent": (replace(BLOCK, role="other"), {BROWSER: Result()}),
    "raises": (
        replace(BLOCK, role="avoid", options=Options(raises="ValueError: no <b>")),
        {BROWSER: FAILED, NATIVE: FAILED},
    ),
    "continues": (replace(BLOCK, before=(Source("python", "x = '</script>'\n"),)), {BROWSER: PRINTED}),
    "hidden": (replace(BLOCK, options=Options(hidden=True)), {BROWSER: PRINTED}),
    "native-only": (replace(BLOCK, options=Options(needs=Need("threads"))), {NATIVE: PRINTED}),
    "other-version": (replace(BLOCK, options=Options(python=Options().python & "<3.14")), {OLD: PRINTED}),
    "skipped": (replace(BLOCK, options=Options(skip="needs a printer")), {}),
    "file": (replace(BLOCK, options=Options(file="src/app.py")), {BROWSER: PRINTED}),
    "data": (DATA, {}),
    "data-file": (replace(DATA, role="prefer", options=Options(file="config/<x>.toml")), {}),
    "data-wrong": (replace(DATA, source="a = \n", options=Options(file="x.toml")), {}),
    "data-refused": (replace(DATA, source="a\n", options=Options(raises="TOMLDecodeError: Expected")), {}),
    "pyproject": (replace(DATA, options=Options(file="pyproject.toml")), {NATIVE: Result()}),
    "pyproject-wrong": (
        replace(DATA, options=Options(file="pyproject.toml")),
        {NATIVE: Result(prints=(Print(2, 0, "ruff: <b> is unknown"),))},
    ),
    "pyproject-malformed": (
        replace(DATA, source="a\n", options=Options(file="pyproject.toml", raises="TOMLDecodeError")),
        {NATIVE: Result()},
    ),
    "console": (CONSOLE, {NATIVE: ECHO}),
    "console-exit": (
        replace(CONSOLE, role="avoid", options=Options(exit=3)),
        {NATIVE: replace(ECHO, error=Error("ExitStatus", "3", 1, ""))},
    ),
    "console-wrong": (CONSOLE, {NATIVE: replace(ECHO, prints=(Print(1, 0, "other\n"),))}),
    "console-skipped": (replace(CONSOLE, options=Options(skip="needs a printer")), {}),
    "wrong": (replace(BLOCK, source=f"{CODE}#> other\n"), {BROWSER: PRINTED}),
}


@pytest.mark.parametrize("name", BLOCKS)
def test_case(name: str) -> None:
    """Each kind of block shows its code, its output and where it was verified; text stays text."""
    block, results = BLOCKS[name]
    html = block_html(block, results, "<pre><code>highlighted</code></pre>")
    golden(CASES / "render" / f"{name}.html", html)


def test_readers_see_the_result_of_the_python_that_they_run() -> None:
    """Where results differ by version, the recorded one is that of the browser's interpreter."""
    other = Result(stdout="other\n")
    assert recorded({OLD: other, BROWSER: PRINTED, NATIVE: other}) is PRINTED
    assert recorded({OLD: PRINTED, NATIVE: other}) is PRINTED
    assert recorded({NATIVE: other}) is other
    assert recorded({}) is None
