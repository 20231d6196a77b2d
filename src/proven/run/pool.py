"""Run blocks on all cores: `Runners` gives a result for each job."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from types import TracebackType

from proven.model import Interpreter, Job, Result
from proven.project import TIMEOUT, Project
from proven.run.native import Native
from proven.run.pyodide import Pyodide

_SHARE = 25
"""Jobs for each child that make one more child of an interpreter worth its start."""

type Child = Native | Pyodide
type Done = Callable[[Job, Result], None]


class Queue:
    """Jobs by interpreter, handed to as many threads as there are.

    Those that import the same packages in WebAssembly go to one child, which imports them once and serves
    no others; they come first, for they take longest.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self.lock = threading.Lock()
        self.cleared = False
        self.jobs: dict[Interpreter, deque[list[Job]]] = {}
        self.working: dict[Interpreter, int] = {}
        for interpreter, alike in _alike(jobs):
            self.jobs.setdefault(interpreter, deque()).append(alike)

    def enter(self) -> Interpreter | None:
        """The interpreter that a free thread should serve; None when it is not needed."""
        with self.lock:
            most, chosen = 0.0, None
            for interpreter, left in self.jobs.items():
                busy = self.working.get(interpreter, 0)
                share = len(left) / (busy + 1)
                if share > most and (not busy or share > _SHARE):
                    most, chosen = share, interpreter
            if chosen:
                self.working[chosen] = self.working.get(chosen, 0) + 1
            return chosen

    def take(self, interpreter: Interpreter) -> list[Job] | None:
        """The next jobs on an interpreter; None, and one thread fewer at work on it, when there are none."""
        with self.lock:
            if self.jobs[interpreter]:
                return self.jobs[interpreter].popleft()
            self.working[interpreter] -= 1
            return None

    def clear(self) -> None:
        """Hand out nothing more; what was handed out and has not begun is not to begin."""
        with self.lock:
            self.cleared = True
            for left in self.jobs.values():
                left.clear()


def _alike(jobs: Iterable[Job]) -> Iterator[tuple[Interpreter, list[Job]]]:
    """Jobs that import the same packages in WebAssembly, most at first; then each of the others."""
    alike: dict[tuple[Interpreter, str], list[Job]] = {}
    single = []
    for job in jobs:
        packages = {} if job.interpreter.native else job.interpreter.imports(job.sources)
        if packages:
            alike.setdefault((job.interpreter, repr(packages)), []).append(job)
        else:
            single.append(job)
    for (interpreter, _), many in sorted(alike.items(), key=lambda item: -len(item[1])):
        yield interpreter, many
    for job in single:
        yield job.interpreter, [job]


class Runners(AbstractContextManager["Runners"]):
    """The children that run jobs; they live until it is closed, or as long as they have jobs.

    Args:
        project: Where the runner's scripts and the snapshots are.
        timeout: Seconds that each job may take.
        keep: Whether children wait for further jobs, one of each interpreter.
    """

    def __init__(self, project: Project, timeout: float = TIMEOUT, keep: bool = False) -> None:
        self.project = project
        self.timeout = timeout
        self.keep = keep
        self.idle: dict[Interpreter, Child] = {}
        self.lock = threading.Lock()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the children that wait."""
        while self.idle:
            self.idle.popitem()[1].__exit__(None, None, None)

    def run(self, jobs: Iterable[Job], done: Done) -> None:
        """Run jobs, in no particular order.

        Args:
            jobs: What to run.
            done: Called with each job and its result, from any thread.

        Raises:
            Unavailable: An interpreter does not start at all.
        """
        queue = Queue(jobs)
        threads = 1 + (os.cpu_count() or 1)  # some blocks only wait
        with ThreadPoolExecutor(threads) as pool:
            try:
                for future in [pool.submit(self._work, queue, done) for _ in range(threads)]:
                    future.result()
            except BaseException:
                queue.clear()
                raise

    def _work(self, queue: Queue, done: Done) -> None:
        try:
            while interpreter := queue.enter():
                child = self._child(interpreter)
                try:
                    while jobs := queue.take(interpreter):
                        for job in jobs:
                            if not queue.cleared:
                                done(job, child.run(job.sources))
                finally:
                    self._leave(interpreter, child)
        except BaseException:
            queue.clear()
            raise

    def _child(self, interpreter: Interpreter) -> Child:
        with self.lock:
            waiting = self.idle.pop(interpreter, None)
        if waiting:
            return waiting
        if interpreter.native:
            environment = self.project.environments[interpreter.name] if interpreter.home else None
            return Native(self.timeout, environment)
        return Pyodide(self.project, interpreter, self.timeout)

    def _leave(self, interpreter: Interpreter, child: Child) -> None:
        with self.lock:
            if self.keep and interpreter not in self.idle:
                self.idle[interpreter] = child
                return
        child.__exit__(None, None, None)
