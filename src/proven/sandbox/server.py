"""Run native blocks: `python -I -m proven.sandbox.server DIRECTORY`: a job, an answer a line.

A job is `{"sources": [...], "allowed": 20.0}`, with the seconds that it may take; its answer
`{"report": "...", "code": 0, "late": false, "last": false}`:
what the block's process wrote, how it ended, whether it had to be stopped, and
whether this server is of no more use.

The interpreter is started, and the harness imported, once; each block gets a
fork of it, in which everything but its own files is closed. In the Python of an
environment, `main` is told what blocks may read there, and what to import first.
"""

import gc
import importlib
import json
import os
import select
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from typing import IO, Any

from proven.sandbox import REPORT_LIMIT, console, hooks, limits
from proven.sandbox.machine import Host, run_in
from proven.sandbox.places import SHARED_MEMORY, readable
from proven.sandbox.report import write_report

if sys.platform == "linux":
    from proven.sandbox import kernel


class Server:
    """Gives each job a process, and leaves nothing of it when it is done."""

    def __init__(self, machine: Host, directory: str, places: tuple[str, ...]) -> None:
        self.machine = machine
        self.directory = directory
        self.places = places

    def serve(self, modules: list[str]) -> None:
        """Import modules and say so, if there are any; then answer one job after another."""
        if modules:
            self.load(modules)
        if sys.platform == "linux":
            kernel.set_dumpable(False)
            kernel.adopt_orphans()
        gc.collect()
        gc.freeze()  # the collector of a block need not look at what is here already
        if modules:
            os.write(1, b"{}\n")
        for line in iter(sys.stdin.readline, ""):
            job = json.loads(line)
            answer = self.answer(job["sources"], job["allowed"])
            os.write(1, json.dumps(answer).encode() + b"\n")
            if answer["last"]:
                return

    def load(self, modules: list[str]) -> None:
        """Import modules, which may write to their home meanwhile, as Matplotlib does."""
        os.environ["OMP_NUM_THREADS"] = "1"  # sums are the same on all machines, and forks have all threads
        self.machine.open(self.directory)
        for name in modules:
            try:
                importlib.import_module(name)
            except Exception as error:
                raise SystemExit(f"{type(error).__name__}: {error}") from None
        self.machine.close(self.directory)
        del os.environ["OMP_NUM_THREADS"]

    def answer(self, sources: list[dict[str, str]], allowed: float) -> dict[str, Any]:
        """Run one job."""
        self.machine.open(self.directory)
        with tempfile.TemporaryFile(dir=self.directory) as report:
            code, late = self.attempt(sources, allowed, report)
            report.seek(0)
            text = report.read(REPORT_LIMIT + 1)
        clean = self.machine.close(self.directory)
        said = text.decode(errors="replace") if len(text) <= REPORT_LIMIT else ""
        return {"report": said, "code": code, "late": late, "last": not clean}

    def attempt(self, sources: list[dict[str, str]], allowed: float, report: IO[bytes]) -> tuple[int, bool]:
        """Run sources in a process; its exit code, and whether it took too long."""
        ended, end = os.pipe()
        guard = self.machine.fork()
        if guard == 0:
            try:
                self.guard(sources, report.fileno(), end)
            finally:
                os._exit(1)
        os.close(end)
        late = not wait(ended, allowed)
        code = b"" if late else os.read(ended, 8)
        os.close(ended)
        for kill in (os.killpg, os.kill):
            with suppress(ProcessLookupError):
                kill(guard, signal.SIGKILL)
        status = os.waitpid(guard, 0)[1]
        if not self.machine.private:
            end_children()
        return int(code or os.waitstatus_to_exitcode(status)), late

    def guard(self, sources: list[dict[str, str]], report: int, end: int) -> None:
        """Start the block's process, and say how it ended; what else it has started ends with this one."""
        os.setsid()
        sink = os.open(os.devnull, os.O_RDWR)
        os.dup2(sink, 0)
        os.dup2(sink, 1)
        close_all_but(2, report, end)
        child = os.fork()
        if child == 0:
            os.close(end)
            try:
                self.block(sources, report)
            finally:
                os._exit(1)
        while True:
            process, status = os.wait()
            if process == child:
                os.write(end, str(os.waitstatus_to_exitcode(status)).encode())
                os._exit(0)

    def block(self, sources: list[dict[str, str]], report: int) -> None:
        """Run the block, confined, and write the report."""
        os.chdir(self.directory)
        heed_signals()
        sys.dont_write_bytecode = True
        limits.apply(self.machine.private)
        if sys.platform == "linux":
            writable = (self.directory, SHARED_MEMORY, os.devnull)
            kernel.drop_capabilities()
            kernel.restrict_files(self.places, writable)
            kernel.set_dumpable(True)
        hooks.install(self.directory, self.places)
        os.dup2(0, 2)
        write_report(sources, report)


def heed_signals() -> None:
    """Let signals do what they do by default: a build in the background is started with some ignored."""
    for number in (signal.SIGHUP, signal.SIGQUIT, signal.SIGTERM):
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)


def wait(ended: int, timeout: float) -> bool:
    """Wait until a process has ended, and no longer than until the caller is gone; whether it has."""
    watched = select.poll()
    watched.register(ended, select.POLLIN)
    watched.register(0, 0)
    return any(descriptor == ended for descriptor, _ in watched.poll(timeout * 1000))


def close_all_but(*kept: int) -> None:
    """Close every file but these, and those below the first of them."""
    first, *others = sorted(kept)
    for following in (*others, 65536):
        os.closerange(first + 1, following)
        first = following


def end_children() -> None:
    """End what the block has left behind; where orphans come to us, that is all of it."""
    while True:
        try:
            if os.waitpid(-1, os.WNOHANG)[0] == 0:
                for child in children():
                    os.kill(child, signal.SIGKILL)
                os.waitpid(-1, 0)
        except ChildProcessError:
            return


def children() -> Iterator[int]:
    """The processes that this one is the parent of."""
    own = str(os.getpid())
    for name in filter(str.isdigit, os.listdir("/proc")):
        with suppress(OSError), open(f"/proc/{name}/stat") as file:
            if file.read().rpartition(")")[2].split()[1] == own:
                yield int(name)


def main() -> None:
    """Serve until standard input ends."""
    directory, *told = sys.argv[1:]
    environment = json.loads(told[0]) if told else {"readable": (), "programs": (), "modules": []}
    console.programs.extend(environment["programs"])
    places = readable(environment["readable"])
    run_in(
        lambda machine: Server(machine, directory, places).serve(environment["modules"]),
        places,
        [directory],
    )


if __name__ == "__main__":
    main()
