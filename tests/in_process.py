"""`python -m proven`, `mkdocs` and `pytest` in the test's own process, which has loaded them already.

What a process of its own would find afresh is put back: folder, environment, streams, what functions
remember, warnings and logging. `test_commands.py` holds both ways against each other.
"""

import gc
import logging
import os
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path
from typing import IO
from unittest.mock import patch

import pytest
from mkdocs.__main__ import cli as mkdocs

from proven.cli.main import main as proven

from .residents import resident

UNUSED = [f"-pno:{name}" for name in ("hypothesispytest", "examples", "faulthandler", "asyncio", "anyio")]
"""pytest's plugins that blocks do without: some are slow to load, one is there for a whole process."""

COMMANDS: dict[str, Callable[[Sequence[str]], object]] = {
    "proven": lambda arguments: proven(arguments, prog_name="python -m proven"),
    "mkdocs": lambda arguments: mkdocs(arguments, prog_name="python -m mkdocs"),
    "pytest": lambda arguments: sys.exit(pytest.main([*UNUSED, *arguments])),
}
"""What can be run so, by the name of its module."""

QUIET = (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning)
"""What Python does not show unless it is asked to."""


def run(folder: Path, module: str, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder: what `subprocess.run` would say of it."""
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        with ExitStack() as stack:
            gc.freeze()  # pytest collects garbage several times when it ends: not what is here already
            stack.callback(gc.unfreeze)
            stack.enter_context(chdir(folder))
            stack.enter_context(patch.dict(os.environ, NO_COLOR="1"))
            stack.enter_context(_replaced("stdout", 1, stdout))
            stack.enter_context(_replaced("stderr", 2, stderr))
            stack.enter_context(_logging())
            stack.enter_context(resident())
            stack.enter_context(warnings.catch_warnings())
            if module != "proven":  # others' warnings are not ours to mend
                _default_warnings()
            _forget()
            code = _status(lambda: COMMANDS[module](arguments))
        return subprocess.CompletedProcess([module, *arguments], code, _text(stdout), _text(stderr))


@contextmanager
def _replaced(name: str, descriptor: int, file: IO[bytes]) -> Iterator[None]:
    """Have a stream go into a file, that of programs that are started included."""
    getattr(sys, name).flush()
    kept = os.dup(descriptor)
    os.dup2(file.fileno(), descriptor)
    try:
        with (
            open(descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False) as stream,
            patch.object(sys, name, stream),
        ):
            yield
    finally:
        os.dup2(kept, descriptor)
        os.close(kept)


@contextmanager
def _logging() -> Iterator[None]:
    """Leave the loggers of MkDocs as they were: it adds a handler and filters at each start."""
    names = [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "mkdocs"]
    loggers = [logging.getLogger(name) for name in names]
    before = [(each.level, each.propagate, each.handlers[:], each.filters[:]) for each in loggers]
    yield
    for logger, (level, propagate, handlers, filters) in zip(loggers, before, strict=True):
        logger.setLevel(level)
        logger.propagate, logger.handlers, logger.filters = propagate, handlers, filters


def _default_warnings() -> None:
    """Warn as Python does when nothing is asked of it."""
    warnings.resetwarnings()
    for category in QUIET:
        warnings.simplefilter("ignore", category)


def _forget() -> None:
    """Empty what functions of the package have kept of earlier projects."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "proven":
            for value in vars(module).values():
                if clear := getattr(value, "cache_clear", None):
                    clear()


def _status(work: Callable[[], object]) -> int:
    """The status that Python would exit with."""
    try:
        work()
    except SystemExit as end:
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
        return end.code if isinstance(end.code, int) else int(bool(end.code))
    except Exception:
        traceback.print_exc()
        return 1
    return 0


def _text(file: IO[bytes]) -> str:
    file.seek(0)
    return file.read().decode("utf-8").replace("\r\n", "\n")
