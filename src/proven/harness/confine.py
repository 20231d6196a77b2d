"""Keep a block inside one directory, and away from JavaScript.

An audit hook catches what honest and careless code does: it is no barrier
against code that sets out to break it.
"""

import importlib
import os
import sys
from collections.abc import Iterable
from importlib.abc import MetaPathFinder
from typing import Any

_BRIDGES = ("js", "pyodide", "pyodide_js", "_pyodide", "_pyodide_core")
"""Pyodide's modules: through them a program reaches JavaScript, and so all that Node or the page can do."""

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

_PATHS_OF = {
    "os.chmod": (0,),
    "os.link": (1,),
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rename": (0, 1),
    "os.rmdir": (0,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.utime": (0,),
}
"""Audit events that change files, with the places of their path arguments."""


class JavaScriptBlocker(MetaPathFinder):
    """Says why a module that leads to JavaScript cannot be imported."""

    def find_spec(self, name: str, path: object, target: object = None) -> None:
        if name.partition(".")[0] in _BRIDGES:
            raise ModuleNotFoundError(
                f"No module named {name!r}: examples cannot reach JavaScript", name=name
            )


def block_javascript() -> None:
    """Make the modules that lead to JavaScript impossible to import."""
    kept = [finder for finder in sys.meta_path if not type(finder).__module__.startswith("_pyodide")]
    sys.meta_path[:] = [JavaScriptBlocker(), *kept]
    advice = sys.modules.get("_pyodide._importhook")
    if plain := getattr(advice, "orig_get_module_not_found_error", None):  # Pyodide 0.25 says how to install
        importlib._bootstrap._get_module_not_found_error = plain  # type: ignore[attr-defined]
    for name in list(sys.modules):
        if name.partition(".")[0] in _BRIDGES:
            del sys.modules[name]


class _Places:
    """What may be read and written."""

    def __init__(self, directory: str, readable: Iterable[str] | None) -> None:
        self.writes = (os.path.realpath(directory), os.devnull)
        self.reads = None if readable is None else (*self.writes, *map(os.path.realpath, readable))

    def read(self, path: Any) -> None:
        if self.reads is not None:
            _check(path, "read only its working directory and Python's own files, not", self.reads)

    def write(self, path: Any) -> None:
        _check(path, "write only in its working directory, not to", self.writes)


def _check(path: Any, what: str, allowed: tuple[str, ...]) -> None:
    if not isinstance(path, (str, bytes, os.PathLike)):
        return  # an open file: it was checked when it was opened
    place = os.path.realpath(os.fsdecode(path))
    if place not in allowed and not place.startswith(tuple(folder + os.sep for folder in allowed)):
        raise PermissionError(f"a block may {what} {place}")


def _is_write(mode: Any, flags: Any) -> bool:
    by_mode = isinstance(mode, str) and bool(set(mode) & set("wax+"))
    return by_mode or (isinstance(flags, int) and bool(flags & _WRITES))


def confine(directory: str, readable: Iterable[str] | None = None) -> None:
    """Refuse access to files outside `directory` from now on, in this interpreter.

    Args:
        directory: Where everything is allowed.
        readable: What else may be read; None when that is everything.

    Raises:
        PermissionError: In the code that then tries to read or write elsewhere.
    """
    places = _Places(directory, readable)

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = args
            (places.write if _is_write(mode, flags) else places.read)(path)
        elif event in _PATHS_OF:
            for index in _PATHS_OF[event]:
                places.write(args[index])
        elif event in ("os.listdir", "os.scandir"):
            places.read(os.curdir if args[0] is None else args[0])

    sys.addaudithook(hook)
