"""Have pytest-examples run blocks: `python witness.py TIMEOUT ANSWERS < QUESTIONS`.

Questions and answers are lists in JSON. A question is the code of a block, after that of the blocks
which it continues from. Its answer is what pytest-examples makes of it: the code with what it
printed inserted, and the exception that ended it, in the words of Python.

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
from collections.abc import Sequence
from contextlib import suppress
from importlib.machinery import SourceFileLoader
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any
from unittest.mock import patch

from pytest_examples import CodeExample, run_code
from pytest_examples.config import ExamplesConfig

FILE = Path("example.py")
"""Where a block is, in a folder of its own."""

CONFIG = ExamplesConfig(line_length=79)
PRINT = print


class Prints(run_code.MockPrintFunction):
    """Notes what a block prints; what goes elsewhere than to the standard output, it has go there."""

    def __call__(self, *args: Any, file: Any = None, **options: Any) -> None:
        """Print."""
        if file is None or file is sys.stdout:
            super().__call__(*args, **options)
        else:
            PRINT(*args, file=file, **options)


def is_own(file: Path, frame: inspect.FrameInfo, _: Sequence[Any]) -> bool:
    """Whether a print is the block's: code in a text has no file that could be looked up."""
    return frame.filename == str(file)


class Script(SourceFileLoader):
    """Runs a block; keeps the exception that ends it, with which `run_code` would lose what was printed."""

    error: BaseException | None = None

    def exec_module(self, module: ModuleType) -> None:
        """Run the block as this module."""
        try:
            super().exec_module(module)
        except BaseException as error:
            self.error = error


def find_place(example: CodeExample, line_no: int) -> tuple[int, int]:
    """Where an output is noted: pytest-examples knows no place in a `finally` or `match` but the margin."""
    place = run_code.find_print(ast.parse(example.source), line_no)
    text = example.source.split("\n")[line_no - 1]
    return place or (line_no, len(text) - len(text.lstrip()))


def testify(sources: list[str], folder: str, answer: Connection) -> None:
    """Answer one question, in a folder, and end the process with all that the block has left running."""
    os.setsid()  # processes that it starts end with it
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv = [FILE.name]
    names: dict[str, Any] | None = None
    for source in sources:
        FILE.write_text(source, "utf-8")
        script, example = Script("__main__", FILE.name), CodeExample.create(source)
        prints, names = run_code.run_code(
            example=example,
            python_file=FILE,
            loader=script,
            config=CONFIG,
            enable_print_mock=True,
            print_callback=None,
            include_print=is_own,
            module_globals=names,
            call=None,
        )
    prints.print_statements().sort(key=lambda printed: printed.line_no)  # it takes them to come in this order
    error = "".join(traceback.format_exception_only(script.error)) if script.error else None
    answer.send({"page": prints.updated_print_statements(example) or source, "error": error})
    os._exit(0)


def ask(sources: list[str], timeout: float) -> dict[str, Any]:
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
