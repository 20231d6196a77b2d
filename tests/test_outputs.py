"""`#>` comments follow pytest-examples' conventions."""

import ast
import re
import subprocess
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pytest_examples import CodeExample
from pytest_examples.config import ExamplesConfig
from pytest_examples.run_code import Arg, InsertPrintStatements, PrintStatement

from proven.collect.outputs import join, split
from proven.harness import execute
from proven.model import LINE_LENGTH, Print

PROGRAMS = {
    "one print": "print('hello')\n",
    "arguments": "print('a', 1, None, sep='-')\n",
    "inside a function": "def greet():\n    print('hi')\n\n\ngreet()\n",
    "inside with": "import contextlib\n\nwith contextlib.nullcontext():\n    print('inside')\n",
    "over several lines": "print(\n    'one',\n    'two',\n)\nx = 1\n",
    "in a loop": "for n in range(3):\n    print(n)\n",
    "long": "print('word ' * 30)\n",
    "several lines at once": "print('one\\ntwo')\n",
}


def printed(code: str) -> tuple[Print, ...]:
    """What a program prints, and where."""
    outcome = execute.run([{"language": "python", "source": code}], lambda stream, text: None)
    return tuple(Print(**output) for output in outcome["prints"])


def test_pytest_examples_agrees(tmp_path: Path) -> None:
    """Where pytest-examples runs blocks itself, it finds the comments as they should be."""
    pages = [join(code, printed(code)) for code in PROGRAMS.values()]
    test = tmp_path / "test_example.py"
    test.write_text(
        "import pytest\n"
        "from pytest_examples import CodeExample, EvalExample\n\n\n"
        f"@pytest.mark.parametrize('page', {pages!r}, ids={list(PROGRAMS)!r})\n"
        "def test_example(eval_example: EvalExample, page: str):\n"
        f"    eval_example.set_config(line_length={LINE_LENGTH})\n"
        "    eval_example.run_print_check(CodeExample.create(page))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", str(test)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert f"{len(PROGRAMS)} passed" in done.stdout


def noted(text: str, indent: int) -> tuple[str, str, str]:
    """A print() at an indentation; with its output as we note it, and as pytest-examples does."""
    code = f"if True:\n{' ' * indent}print()\n" if indent else "print()\n"
    line = code.count("\n")
    writer = InsertPrintStatements(Path("x"), ExamplesConfig(line_length=LINE_LENGTH), True, None, None)
    writer.print_statements().append(PrintStatement(line, " ", [Arg(text)]))
    theirs = writer.updated_print_statements(CodeExample.create(code))
    assert theirs is not None
    return code, join(code, (Print(line, indent, text),)), theirs


def disagreement(text: str, indent: int) -> str:
    """How a note of ours is not that of pytest-examples, which takes it without spaces at ends of lines too.

    What no string can hold, such as quotes, is left out: there a note of theirs is not Python.
    """
    _, ours, theirs = noted(text, indent)
    agreed = ours in (theirs, re.sub(r"[ \t]+\n", "\n", theirs)) or not is_note(theirs)
    return "" if agreed else f"{ours!r} is not {theirs!r}"


def is_note(page: str) -> bool:
    """Whether a page's last statement is a print(), or a string as a note of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            statements = [node for node in ast.walk(ast.parse(page)) if isinstance(node, ast.Expr)]
    except (SyntaxError, ValueError):
        return False
    return len(statements) == 1 or isinstance(statements[1].value, ast.Constant)


ODD = "ab \n\t\x0b\x0c\x1c\x85\u2028\xa0\u3000\\\"'#>{é😀"
LETTERS = st.characters(codec="utf-8", exclude_characters="\r")  # which ends a line on a page, as \n does
TEXTS = st.text(st.sampled_from(ODD), max_size=90) | st.text(LETTERS)
anything = settings(max_examples=500, deadline=None, derandomize=True)


@anything
@given(TEXTS, st.integers(0, LINE_LENGTH))
@example("x" * 76, 0)
@example("x" * 75, 0)
@example("", 4)
@example(" a \n\n b \n", 4)
def test_any_text(text: str, indent: int) -> None:
    """Whatever is printed is noted as pytest-examples notes it."""
    assert disagreement(text, indent) == ""


@anything
@given(TEXTS, st.integers(0, LINE_LENGTH))
def test_any_text_is_taken_out_again(text: str, indent: int) -> None:
    """Whatever is noted, without it the page is the code again, one that pytest-examples cannot note too."""
    code, ours, _ = noted(text, indent)
    assert split(ours)[0] == code


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_round_trip(code: str) -> None:
    """Taking outputs out again gives the code, and the line numbers of the page."""
    page = join(code, printed(code))
    assert page != code
    back, numbers = split(page)
    assert back == code
    assert [page.splitlines()[number - 1] for number in numbers] == code.splitlines()


def test_outputs_that_take_turns() -> None:
    """Two prints of one loop each get all of their outputs, in order."""
    code = "for n in (1, 2):\n    print('a', n)\n    print('b', n)\n"
    assert join(code, printed(code)) == (
        "for n in (1, 2):\n    print('a', n)\n    #> a 1\n    #> a 2\n"
        "    print('b', n)\n    #> b 1\n    #> b 2\n"
    )


def test_places_that_pytest_examples_does_not_know() -> None:
    """Prints in `finally`, `except*`, `match` and `else` get their outputs at their indentation."""
    code = (
        "try:\n    raise ExceptionGroup('', [ValueError(1)])\nexcept* ValueError:\n    print('star')\n"
        "finally:\n    print('finally')\nmatch 1:\n    case 1:\n        print('case')\n"
    )
    lines = join(code, printed(code)).splitlines()
    assert [line for line in lines if "#>" in line] == ["    #> star", "    #> finally", "        #> case"]


def test_docstrings_stay() -> None:
    """A string is an output only directly after a print."""
    code = 'def f():\n    """Say\n    nothing."""\n\n\nf()\n"""\nloose\n"""\n'
    assert split(code)[0] == code


def test_comment_without_text() -> None:
    """An empty line printed is a bare `#>`."""
    code = "print()\n"
    assert join(code, printed(code)) == "print()\n#>\n"
    assert split("print()\n#>\n")[0] == code
