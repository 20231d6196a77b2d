"""`#>` comments follow pytest-examples' conventions."""

import subprocess
import sys
from pathlib import Path

import pytest

from proven.collect.outputs import join, split
from proven.harness import execute
from proven.model import Print

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
    return tuple(Print(**one) for one in outcome["prints"])


@pytest.mark.parametrize("code", PROGRAMS.values(), ids=PROGRAMS)
def test_pytest_examples_agrees(code: str, tmp_path: Path) -> None:
    """Where pytest-examples runs a block itself, it finds the comments as they should be."""
    test = tmp_path / "test_example.py"
    test.write_text(
        "from pytest_examples import CodeExample, EvalExample\n\n\n"
        "def test_example(eval_example: EvalExample):\n"
        "    eval_example.set_config(line_length=79)\n"
        f"    eval_example.run_print_check(CodeExample.create({join(code, printed(code))!r}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-c", "/dev/null", str(test)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


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
