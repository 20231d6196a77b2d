"""Run the source of one block and say how it went."""

import _imp
import ast
import asyncio
import builtins
import gc
import inspect
import json
import linecache
import os
import sys
import traceback
import types
from collections.abc import Callable
from functools import partial
from typing import Any

from proven.harness import place, script
from proven.harness.imports import explain
from proven.harness.output import Emit, OutputLimit, PrintRecorder, Stream, place_prints
from proven.harness.session import SessionError, run_session
from proven.harness.terminal import Keyboard
from proven.harness.value import Ending, Show, close_figures, prepare

Tell = Callable[[dict[str, Any]], object]
"""Takes the report on a source."""

NATIVE: dict[str, Callable[[list[dict[str, Any]], Emit, Tell | None], dict[str, Any]]] = {}
"""What runs the languages that WebAssembly cannot; `sandbox.report` fills it where there is more."""

FILENAME = script.NAME
"""What tracebacks call the block."""

EARLIER = "earlier.py"
"""What they call the blocks that it continues from."""


def compiled(source: str, ending: Ending | None) -> types.CodeType:
    """A source as a module, in which a top-level `await` is allowed.

    Raises:
        SyntaxError: It is none.
    """
    program = ending.kept(source, FILENAME) if ending else source
    flags = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    code: types.CodeType = compile(program, FILENAME, "exec", flags, dont_inherit=True)
    return code


def run_python(code: types.CodeType, namespace: dict[str, Any], ending: Ending | None) -> None:
    """Execute a module; a top-level `await` runs under `asyncio.run()`."""
    if code.co_flags & inspect.CO_COROUTINE:
        asyncio.run(eval(code, namespace))
    else:
        exec(code, namespace)
    if ending:
        ending.look(namespace)


def keep_block_frames(report: traceback.TracebackException) -> None:
    """Drop the frames of libraries and of this harness, in nested exceptions too."""
    report.stack = traceback.StackSummary.from_list(
        [frame for frame in report.stack if frame.filename in (FILENAME, EARLIER)]
    )
    for nested in (report.__cause__, report.__context__, *(report.exceptions or ())):
        if nested is not None:
            keep_block_frames(nested)


def describe(error: BaseException) -> dict[str, Any]:
    """What an exception says about the block: type, message, line, traceback."""
    explain(error)
    report = traceback.TracebackException.from_exception(error)
    keep_block_frames(report)
    line, span = place.find(error, report.stack)
    kind = type(error)
    bare = kind.__module__ in ("builtins", "__main__") or kind in (OutputLimit, SessionError)
    name = kind.__qualname__ if bare else f"{kind.__module__}.{kind.__qualname__}"
    text = f"{error}\n" if isinstance(error, SessionError) else "".join(report.format())
    message = error.msg if isinstance(error, SyntaxError) else str(error)  # str() adds the file and the line
    return {"type": name, "message": message, "line": line, "span": span, "traceback": text}


def run(
    sources: list[dict[str, Any]], emit: Emit, show: Show | None = None, tell: Tell | None = None
) -> dict[str, Any]:
    """Run blocks one after another in one fresh `__main__`; report on the last.

    Args:
        sources: `{"language": "python" | "pycon" | "file", "source": ..., "shows": "" | "value" | "figure",
            "continued": False}`; all but the last are files, or what the last continues from. One that is
            `continued` does not end with the last: what it leaves behind is not cleared away.
            What is not Python goes to the function in `NATIVE`.
        emit: Called with "stdout" or "stderr" and each piece of text.
        show: Called with the value of the expression that the last ends in, if it does.
        tell: Called with the report on each but the last that is `told`; what others print is dropped.

    Returns:
        `{"error": None | {"type", "message", "line", "span", "traceback"},
        "prints": [{"line", "indent", "text"}], "shown": None | {"problem", "value", "table", "figure",
        "digest"}}`. An output's place is the last line of its statement and the statement's indentation.
    """
    if other := NATIVE.get(sources[-1]["language"]):
        return run_other(lambda: other(sources, emit, tell))
    main = types.ModuleType("__main__")
    sys.modules["__main__"] = main
    if sources[-1]["language"] == "python":
        main.__file__ = FILENAME
    prepare(sources)
    recorder, streams = PrintRecorder(), (sys.stdout, sys.stderr)
    builtins.print = recorder  # type: ignore[assignment]
    try:
        *earlier, last = (source for source in sources if source["language"] != "file")
        for source in earlier:
            told = tell if source.get("told") else None
            outcome = run_next(source, recorder, emit if told else lambda *_: None, main.__dict__)
            if told:
                told(outcome)
        return run_next(last, recorder, emit, main.__dict__, show, ends=not last.get("continued"))
    finally:
        builtins.print = recorder.real
        sys.stdout, sys.stderr = streams


def run_next(
    source: dict[str, Any],
    recorder: PrintRecorder,
    emit: Emit,
    namespace: dict[str, Any],
    show: Show | None = None,
    ends: bool = False,
) -> dict[str, Any]:
    """Run a source where those before it have run, and report on it as `run()` does.

    Args:
        source: As for `run()`.
        recorder: Stands in for `print()`.
        emit: As for `run()`.
        namespace: Where the others have run.
        show: As for `run()`.
        ends: Whether the program ends with it.
    """
    recorder.prints.clear()
    sys.stdout, sys.stderr = Stream("stdout", emit), Stream("stderr", emit)
    shows = source.get("shows", "")
    ending = Ending(shows, show) if shows or show else None
    try:
        error = attempt(source, namespace, ending)
        if ends:
            namespace.clear()
            gc.collect()  # what the block leaves behind complains now or never
        elif shows == "figure":
            close_figures()
    except OutputLimit as limit:
        error = describe(limit)
    ended = ending if not error else None
    prints = place_prints(source["source"], [*recorder.prints, *(ended.prints if ended else ())])
    return {"error": error, "prints": prints, "shown": ended.report if ended else None}


def run_other(run_sources: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Run what is not Python."""
    try:
        return run_sources()
    except OutputLimit as limit:
        return {"error": describe(limit), "prints": []}


def attempt(
    source: dict[str, str], namespace: dict[str, Any], ending: Ending | None = None
) -> dict[str, Any] | None:
    """Run one source in `namespace` and describe the exception that ended it.

    What stays of it is of an earlier block from then on: its code is called so.
    """
    text, code = source["source"], None
    remember_lines(FILENAME, text)
    try:
        if source["language"] == "pycon":
            run_session(text, FILENAME, namespace)
        else:
            code = compiled(text, ending)
            run_python(code, namespace, ending)
    except SystemExit as error:
        return describe(error) if error.code not in (None, 0) else None
    except BaseException as error:
        return describe(error)
    finally:
        remember_lines(EARLIER, text)
        if code:
            _imp._fix_co_filename(code, EARLIER)  # type: ignore[attr-defined]  # as imports do
    return None


def remember_lines(filename: str, text: str) -> None:
    """Let tracebacks show the lines of a file that is nowhere, as Python counts them."""
    linecache.cache[filename] = (len(text), None, [f"{line}\n" for line in text.split("\n")], filename)


def run_json(job: str) -> str:
    """`run()` for callers in JavaScript: plain text in and out.

    It takes `{"sources", "answers", "seed", "value", "channels"}`. What is printed is written to
    descriptors, the channels "stdout" and "stderr", as it comes; to "value" what the last
    expression gives, where that is wanted; and a byte to "asks" when input is: the block reaches
    no object of JavaScript.

    The seed makes a program do the same again when it is run anew with one answer more;
    interpreters from one snapshot would otherwise draw the same numbers in every run.
    """
    given = json.loads(job)
    script.settle(given["sources"])
    if "random" in sys.modules:
        sys.modules["random"].seed(given["seed"])
    channels, write = given["channels"], os.write

    def emit(channel: str, text: str) -> None:
        write(channels[channel], text.encode(errors="replace"))

    stdin, sys.stdin = sys.stdin, Keyboard(given["answers"], lambda: emit("asks", "?"))
    wanted = given["value"] or given["sources"][-1].get("shows") == "value"
    try:
        return json.dumps(run(given["sources"], emit, partial(emit, "value") if wanted else None))
    finally:
        sys.stdin = stdin


def report_json(job: str) -> str:
    """`[{"outcome": ..., "output": [[stream, text], ...]}]` for each source that is `told`, or the last."""
    sources = json.loads(job)
    first = next((number for number, source in enumerate(sources, 1) if source.get("told")), len(sources))
    home = script.settle(sources[:first])
    if "random" in sys.modules:
        sys.modules["random"].seed()  # else interpreters from one snapshot draw the same numbers
    reports: list[dict[str, Any]] = []
    output: list[tuple[str, str]] = []

    def tell(outcome: dict[str, Any]) -> None:
        reports.append({"outcome": outcome, "output": [*output]})
        output.clear()
        script.write(home, sources[: first + len(reports)])

    outcome = run(sources, lambda stream, text: output.append((stream, text)), tell=tell)
    return json.dumps([*reports, {"outcome": outcome, "output": output}])
