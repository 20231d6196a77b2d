"""Interpreters that wait for the next command of this process: a start takes longer than most tests.

A block cannot tell: each gets an interpreter as good as new, of a build as here
(`test_order.py`, `cases/verify/blocks-are-fresh.txt`).
"""

import atexit
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch
from weakref import WeakKeyDictionary

from proven.run.children import Runner
from proven.run.native import Native
from proven.run.process import Child
from proven.run.pyodide import Pyodide
from proven.toolchain import snapshots, wheels, worker

type Make = tuple[str, ...]
"""What a child is started from."""

_waiting: dict[Make, Child] = {}
_makes: WeakKeyDictionary[Child, Make] = WeakKeyDictionary()


def _make(runner: Runner) -> Make:
    """What a runner would start: its files, wherever a test's project has links to them."""
    if isinstance(runner, Native):
        return ("native", str(runner.timeout), repr(runner.environment))
    assert isinstance(runner, Pyodide)
    project, interpreter = runner.project, runner.interpreter
    program, packages = worker.worker(project), wheels.folder(project)
    files = (Path(str(interpreter.folder)), program, packages, snapshots.unpacked(project, interpreter))
    index = json.dumps(project.packages.index(interpreter.name, project.cache))
    return (index, json.dumps(project.harness), *(str(file and file.resolve()) for file in files))


def _start[R: Runner](start: Callable[[R], Child]) -> Callable[[R], Child]:
    """Take the child that waits, if there is one that lives, or start one."""

    def take(runner: R) -> Child:
        make = _make(runner)
        child = _waiting.pop(make, None)
        if child and child.process.poll() is not None:
            child.end()
            child = None
        child = child or start(runner)
        _makes[child] = make
        return child

    return take


def _leave(runner: Runner, *_: object) -> None:
    """Have a child wait, unless another does; those that a block has spoiled are ended already."""
    if runner.child and _waiting.setdefault(_makes[runner.child], runner.child) is not runner.child:
        runner.child.end()
    runner.child = None


@contextmanager
def resident() -> Iterator[None]:
    """Have the children that are left wait for the next time."""
    with (
        patch.object(Pyodide, "start", _start(Pyodide.start)),
        patch.object(Native, "start", _start(Native.start)),
        patch.object(Runner, "__exit__", _leave),
    ):
        yield


@atexit.register
def end() -> None:
    """End those that wait."""
    while _waiting:
        _waiting.popitem()[1].end()
