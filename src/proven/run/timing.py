"""Times functions of a module with pyperf, on the interpreter that runs it: `python timing.py -o FILE`.

PROVEN_MEASURE says in JSON which module, functions and sizes. Nothing of this package is imported.
"""

import contextlib
import importlib.util
import io
import json
import os
import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

VARIABLE = "PROVEN_MEASURE"


def load(path: str) -> ModuleType:
    """A module of a file; what it prints is of no matter."""
    spec = importlib.util.spec_from_file_location("example", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    with contextlib.redirect_stdout(io.StringIO()):
        spec.loader.exec_module(module)
    return module


def timed(loops: int, function: Callable[[Any], object], prepare: Callable[[int], Any], size: int) -> float:
    """Seconds that calls take, each with an argument of its own, which is made beforehand."""
    total = 0.0
    for _ in range(loops):
        argument = prepare(size)
        start = time.perf_counter()
        function(argument)
        total += time.perf_counter() - start
    return total


def main() -> None:
    """Time each function at each size."""
    import pyperf

    given = json.loads(os.environ[VARIABLE])
    module = load(given["module"])
    runner = pyperf.Runner(min_time=0.02)  # what is prepared takes time too
    for size in given["sizes"]:
        for name in given["functions"]:
            runner.bench_time_func(f"{name} {size}", timed, getattr(module, name), module.prepare, size)


if __name__ == "__main__":
    main()
