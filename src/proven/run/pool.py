"""Run blocks on all cores: `Runners` gives a result for each job."""

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from types import TracebackType

from proven.model import Interpreter, Job, Result
from proven.project import TIMEOUT, Project
from proven.run.native import Native
from proven.run.order import Queue
from proven.run.pyodide import Pyodide

type Child = Native | Pyodide
type Done = Callable[[Job, Result], None]


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
                    while chains := queue.take(interpreter):
                        for chain in chains:
                            if not queue.cleared:
                                results = child.run([job.sources for job in chain])
                                for job, result in zip(chain, results, strict=True):
                                    done(job, result)
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
