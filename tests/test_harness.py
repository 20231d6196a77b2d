"""What the harness reports of a block, in the interpreter that runs the tests."""

import os
from concurrent.futures import ThreadPoolExecutor

import pytest

from proven.harness import execute, terminal
from proven.harness.imports import imported
from proven.harness.output import OUTPUT_LIMIT


def run(*sources: str, language: str = "python") -> tuple[dict[str, object], str, str]:
    """Run sources; the outcome, and what was printed on stdout and stderr."""
    output: list[tuple[str, str]] = []
    jobs = [{"language": language, "source": source} for source in sources]
    with ThreadPoolExecutor(1) as fresh:  # Playwright leaves an event loop running in the tests' own thread
        outcome = fresh.submit(execute.run, jobs, lambda stream, text: output.append((stream, text))).result()
    streams = ["".join(text for name, text in output if name == stream) for stream in ("stdout", "stderr")]
    return outcome, streams[0], streams[1]


def test_top_level_await() -> None:
    """`await` outside a function works, as in `python -m asyncio`."""
    outcome, stdout, _ = run("import asyncio\nprint(await asyncio.sleep(0, 'slept'))\n")
    assert (outcome["error"], stdout) == (None, "slept\n")


def test_asyncio_run() -> None:
    """`asyncio.run()` is CPython's own."""
    _, stdout, _ = run("import asyncio\n\nasync def f():\n    return 7\n\nprint(asyncio.run(f()))\n")
    assert stdout == "7\n"


def test_streams_are_kept_apart() -> None:
    """stdout and stderr are told apart; only prints to stdout are outputs of the page."""
    outcome, stdout, stderr = run("import sys\nprint('out')\nprint('err', file=sys.stderr)\n")
    assert (stdout, stderr) == ("out\n", "err\n")
    assert outcome["prints"] == [{"line": 2, "indent": 0, "text": "out"}]


def test_output_comes_as_it_is_printed() -> None:
    """Nothing is held back until the end."""
    seen: list[str] = []

    def emit(stream: str, text: str) -> None:
        seen.append(text)

    execute.run([{"language": "python", "source": "print('one')\nraise SystemExit\n"}], emit)
    assert seen == ["one", "\n"]


def test_what_fits_is_printed() -> None:
    """A piece that is too long is cut at the limit, and nothing comes after it."""
    outcome, stdout, _ = run(
        f"print('start')\ntry:\n    print('a' * {2 * OUTPUT_LIMIT})\n"
        "except BaseException:\n    print('more')\n"
    )
    assert isinstance(outcome["error"], dict)
    assert outcome["error"]["type"] == "OutputLimit"
    assert stdout == "start\n".ljust(OUTPUT_LIMIT, "a")


@pytest.mark.parametrize(
    ("command", "status", "said"),
    [("clear", 0, ""), ("", 0, ""), ("ls -l", 127, "sh: ls: not found (there is no shell in the browser)\n")],
)
def test_no_shell(capsys: pytest.CaptureFixture[str], command: str, status: int, said: str) -> None:
    """What clears a terminal does nothing; other commands are not found, as a shell says it."""
    assert os.waitstatus_to_exitcode(terminal.system(command)) == status
    assert capsys.readouterr().err == said


def test_traceback_has_the_readers_lines_only() -> None:
    """Frames of libraries and of the harness are left out, in groups and causes too."""
    outcome, _, _ = run(
        "import json\n\n\ndef read(text):\n    return json.loads(text)\n\n\n"
        "try:\n    read('{')\nexcept ValueError as error:\n    raise ExceptionGroup('several', [error])\n"
    )
    error = outcome["error"]
    assert isinstance(error, dict)
    assert (error["type"], error["line"]) == ("ExceptionGroup", 11)
    assert "in read" in error["traceback"]
    assert "decoder.py" not in error["traceback"]
    assert "execute.py" not in error["traceback"]


def test_line_of_an_error() -> None:
    """The line is the innermost one of the block, even where a library raised."""
    outcome, _, _ = run("import json\n\nx = 1\njson.loads('{')\n")
    assert isinstance(outcome["error"], dict)
    assert (outcome["error"]["type"], outcome["error"]["line"]) == ("json.decoder.JSONDecodeError", 4)


def test_columns_of_an_error() -> None:
    """Columns are counted in characters, where Python has bytes; the expression may end in another line."""
    outcome, _, _ = run("x = 0\ny = ('\u00e9\U0001f40d', 1 /\n     x)\n")
    assert isinstance(outcome["error"], dict)
    assert (outcome["error"]["line"], outcome["error"]["span"]) == (2, (12, 3, 7))


def test_what_a_block_leaves_behind_complains() -> None:
    """A coroutine that was never awaited is reported when the block ends, not later."""
    with pytest.warns(RuntimeWarning, match="coroutine 'f' was never awaited"):
        run("async def f(): ...\n\nleft = f()\n")


def test_continues() -> None:
    """Later sources see the names of earlier ones; only the last one's output counts."""
    outcome, stdout, _ = run("print('first')\nx = 1\n", "print(x)\n")
    assert (outcome["error"], stdout) == (None, "1\n")


def test_blocks_are_fresh() -> None:
    """A run sees nothing of the run before."""
    run("secret = 1\n")
    outcome, _, _ = run("print(secret)\n")
    assert isinstance(outcome["error"], dict)
    assert outcome["error"]["type"] == "NameError"


def test_main_is_a_module() -> None:
    """Classes of a block can be pickled, and `__name__` is what a script expects."""
    outcome, stdout, _ = run(
        "import pickle\n\n\nclass A:\n    pass\n\n\nif __name__ == '__main__':\n"
        "    print(type(pickle.loads(pickle.dumps(A()))).__name__)\n"
    )
    assert (outcome["error"], stdout) == (None, "A\n")


@pytest.mark.parametrize("code", ["None", "0"])
def test_leaving_early(code: str) -> None:
    """`sys.exit()` without a complaint ends a block as well as its last line does."""
    outcome, _, _ = run(f"raise SystemExit({code})\n")
    assert outcome["error"] is None


def test_session_transcript() -> None:
    """A session prints what it would look like when typed."""
    outcome, stdout, _ = run(">>> def f():\n...     return 1\n>>> f()\n1\n", language="pycon")
    assert outcome["error"] is None
    assert stdout == ">>> def f():\n...     return 1\n>>> f()\n1\n"


def test_doctest_of_output_that_is_not_python() -> None:
    """Exceptions in a session are compared by type and message, as doctest does."""
    outcome, _, _ = run(
        ">>> int('x')\nTraceback (most recent call last):\n    ...\nValueError: invalid literal for int() "
        "with base 10: 'x'\n",
        language="pycon",
    )
    assert outcome["error"] is None


@pytest.mark.parametrize(
    ("source", "modules"),
    [
        ("import json\nfrom collections.abc import (\n    Iterable,\n)\n", ()),
        ("import os.path, numpy.linalg as linalg\n", ("numpy",)),
        ("import json; import numpy\n", ("numpy",)),
        ("from json import loads, \\\n    dumps; import numpy\n", ("numpy",)),
        ("try:\n    import numpy\nexcept ImportError: import numba\n", ("numba", "numpy")),
        ("text = 'import'\nimport json  # import numpy\n", ()),
        ("from . import numpy\n", ()),
        ("import\x0cnumpy\n", ("numpy",)),
        ("def import_all(): import numpy\n", ("numpy",)),
    ],
)
def test_imports_are_found(source: str, modules: tuple[str, ...]) -> None:
    """Those of packages, however they are written."""
    assert tuple(sorted(imported("python", source))) == modules
