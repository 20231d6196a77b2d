"""Have pytest-examples run blocks: `python witness.py TIMEOUT ANSWERS < QUESTIONS`.

Questions and answers are lists in JSON. A question is the code of a block, after the files that it
finds and the blocks which it continues from, each a pair of the file's path, if it is one, and the text.
Its answer is what pytest-examples makes of it: the code with what it printed inserted, and the
exception that ended it, in the words of Python.

Nothing of Proven is used here, since Proven is what is on trial. pytest-examples runs code in its own
process: each block gets a fork of this one, so that none finds what another has left.
"""

import ast
import gc
import inspect
import json
import os
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType, ModuleType
from typing import Any
from unittest.mock import patch

from pytest_examples import CodeExample, run_code
from pytest_examples.config import ExamplesConfig

FILE = Path("example.py")
"""Where a block is, in a folder of its own."""

EARLIER = Path("earlier.py")
"""Where those are which it continues from, one after another."""

type Source = tuple[str, str]
"""The path of a file, or nothing for a block, and its text."""

CONFIG = ExamplesConfig(line_length=79)
PRINT, STDOUT = print, sys.stdout


class Prints(run_code.MockPrintFunction):
    """Notes what a block prints; what goes elsewhere than to the standard output, it has go there."""

    def __call__(self, *args: Any, file: Any = None, **options: Any) -> None:
        """Print."""
        if sys.stdout is STDOUT and (file is None or file is STDOUT):  # else something captures it
            super().__call__(*args, **options)
        else:
            PRINT(*args, file=file, **options)

    def _find_line_number(self, inspect_frame: inspect.FrameInfo) -> int:
        """The line of the block that prints, or that calls what does: a text, a module, an earlier block."""
        return next(own_lines(self.file, inspect_frame.frame))


def own_lines(file: Path, frame: FrameType | None) -> Iterator[int]:
    """The lines of a block that are being run, innermost first: pytest-examples looks up the file of each."""
    while frame:
        if frame.f_code.co_filename == str(file):
            yield frame.f_lineno
        frame = frame.f_back


def is_own(file: Path, frame: inspect.FrameInfo, _: Sequence[Any]) -> bool:
    """Whether it is a block that prints, or has something print."""
    return any(own_lines(file, frame.frame))


class Script(SourceFileLoader):
    """Runs a block; keeps the exception that ends it, with which `run_code` would lose what was printed."""

    error: BaseException | None = None
    main: ModuleType | None = None
    """What the first block of this process ran as: so do the others, which would get copies of it."""

    def exec_module(self, module: ModuleType) -> None:
        """Run the block as this module."""
        sys.modules["__main__"] = Script.main = Script.main or module
        try:
            super().exec_module(Script.main)
        except BaseException as error:
            self.error = error


def find_place(example: CodeExample, line_no: int) -> tuple[int, int]:
    """Where an output is noted: pytest-examples knows no place in a `finally` or `match` but the margin."""
    place = run_code.find_print(ast.parse(example.source), line_no)
    text = example.source.split("\n")[line_no - 1]
    return place or (line_no, len(text) - len(text.lstrip()))


def set_out(sources: list[Source], folder: str) -> list[str]:
    """Go into a folder and write the files there; what is left are blocks."""
    os.chdir(folder)
    for path, text in sources:
        if path:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            Path(path).write_text(text, "utf-8")
    sys.path[:0] = [folder, str(Path(folder, "src"))]
    sys.argv = [FILE.name]
    return [text for path, text in sources if not path]


def testify(sources: list[Source], folder: str, answer: Connection) -> None:
    """Answer one question, in a folder, and end the process with all that the block has left running."""
    os.setsid()  # processes that it starts end with it
    *earlier, source = set_out(sources, folder)
    for file, text in [*((EARLIER, text) for text in earlier), (FILE, source)]:
        file.write_text(text, "utf-8")
        script, example = Script("__main__", file.name), CodeExample.create(text)
        prints, _ = run_code.run_code(
            example=example,
            python_file=file,
            loader=script,
            config=CONFIG,
            enable_print_mock=True,
            print_callback=None,
            include_print=is_own,
            module_globals=None,
            call=None,
        )
    prints.print_statements().sort(key=lambda printed: printed.line_no)  # it takes them to come in this order
    error = "".join(traceback.format_exception_only(script.error)) if script.error else None
    answer.send({"page": prints.updated_print_statements(example) or source, "error": error})
    os._exit(0)


def ask(sources: list[Source], timeout: float) -> dict[str, Any]:
    """The answer to one question; empty where there is none in time, or ever."""
    context = get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    with TemporaryDirectory() as folder, receiver:
        process = context.Process(target=testify, args=(sources, folder, sender))
        process.start()
        sender.close()
        try:
            return dict(receiver.recv()) if receiver.poll(timeout) else {}
        except EOFError:
            return {}
        finally:
            assert process.pid
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()  # if it has no group of its own yet
            process.join()


def main() -> None:
    """Answer one question after another."""
    timeout, answers = float(sys.argv[1]), Path(sys.argv[2])
    run_code.find_print_location = find_place
    run_code.parent_frame_id += 1  # that of Prints
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell has it ignored in the background
    inspect.stack()  # what it remembers of modules, each fork would look up anew for its first print()
    gc.freeze()
    sys.dont_write_bytecode = True  # two blocks of one name may be written in the same second
    with patch.object(run_code, "MockPrintFunction", Prints):
        answered = [ask(sources, timeout) for sources in json.load(sys.stdin)]
    answers.write_text(json.dumps(answered), "utf-8")


if __name__ == "__main__":
    main()
