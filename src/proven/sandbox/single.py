"""Run one native block in a Python that is started for it.

`python -I -m proven.sandbox.single DIRECTORY` is for where there is no fork, on Windows. Job and
answer are those of `proven.sandbox.server`. Only audit hooks confine the block.

Elsewhere the server's fork for a block, confined already, calls `become` to go on in the Python of an
environment.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterable
from typing import NoReturn

from proven.harness import confine
from proven.sandbox import console, hooks
from proven.sandbox.places import readable
from proven.sandbox.report import run_blocks, write_report

_START = """
import sys
from importlib.machinery import PathFinder

class Finder:
    def find_spec(name, path=None, target=None):
        if name == "proven":
            return PathFinder.find_spec(name, [{folder!r}])

sys.meta_path.append(Finder)
from proven.sandbox.single import run_as_told
run_as_told()
"""
"""Finds this package where the build has it, and nothing else that is there."""


def become(
    home: str, directory: str, sources: list[dict[str, str]], report: int, places: Iterable[str]
) -> NoReturn:
    """Go on in the Python of an environment.

    Args:
        home: Where the environment is.
        directory: The block's working directory.
        sources: What to run.
        report: The open file that takes the report.
        places: What the block may read.
    """
    job = tempfile.TemporaryFile(dir=directory)  # noqa: SIM115 - it stays open beyond this program
    job.write(json.dumps(sources).encode())
    job.seek(0)
    for file in (job.fileno(), report):
        os.set_inheritable(file, True)
    package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
    python = os.path.join(home, "bin", "python")
    start = _START.format(folder=package)
    tools = os.path.dirname(sys.executable)
    arguments = [directory, tools, str(job.fileno()), str(report), json.dumps([*places])]
    command = [python, "-I", "-X", "utf8", "-c", start, *arguments]
    os.execve(python, command, os.environ)  # not what readline has added, which Python does not see


def run_as_told() -> None:
    """Run the block that `become` was given, confined as far as Python can, and write its report."""
    _, directory, tools, job, report, places = sys.argv
    sys.argv = [""]
    console.programs.append(tools)
    sys.dont_write_bytecode = True
    with os.fdopen(int(job), encoding="utf-8") as stream:
        sources = json.load(stream)
    hooks.install(directory, json.loads(places))
    os.dup2(0, 2)
    try:
        write_report(sources, int(report))
    finally:  # whatever the block has done to the harness
        os._exit(1)


def main() -> None:
    """Read the job, run it, write the answer."""
    directory = sys.argv[1]
    sources = json.loads(sys.stdin.readline())["sources"]
    answer = os.dup(1)  # the block may close or fill the standard streams
    sink = os.open(os.devnull, os.O_RDWR)
    os.dup2(sink, 0)
    os.dup2(sink, 1)
    sys.dont_write_bytecode = True
    os.mkdir(directory)
    os.chdir(directory)
    confine.confine(directory, readable())
    os.dup2(sink, 2)
    said = json.dumps({"report": run_blocks(sources), "last": True})
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        stream.write(f"{said}\n")
    os._exit(0)  # threads that a block left behind must not hold the answer back


if __name__ == "__main__":
    main()
