"""Run blocks on all cores: `run(jobs, ...)` gives a result for each job."""

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from proven.children import Native, Pyodide
from proven.model import Interpreter, Result, Source
from proven.project import Project

TIMEOUT = 20.0
"""Seconds that one block may take."""


@dataclass(frozen=True, slots=True)
class Job:
    """Sources to run, one after another, on one interpreter."""

    interpreter: Interpreter
    sources: tuple[Source, ...]


def run(
    project: Project, jobs: list[Job], done: Callable[[Job, Result], None], timeout: float = TIMEOUT
) -> None:
    """Run jobs on all cores.

    Args:
        project: Where the runner's scripts and the snapshots are.
        jobs: What to run.
        done: Called with each job and its result, from any thread.
        timeout: Seconds that each job may take.

    Raises:
        Unavailable: An interpreter does not start at all.
    """
    stop = threading.Event()

    def share(part: list[Job]) -> None:
        interpreter = part[0].interpreter
        with Native(timeout) if interpreter.native else Pyodide(project, interpreter, timeout) as runner:
            for job in part:
                if stop.is_set():
                    return
                done(job, runner.run(job.sources))

    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        try:
            for future in [pool.submit(share, part) for part in _parts(jobs)]:
                future.result()
        except BaseException:
            stop.set()
            pool.shutdown(cancel_futures=True)
            raise


def _parts(jobs: list[Job]) -> Iterator[list[Job]]:
    """Jobs of one interpreter each, few enough that all cores have work to the end."""
    by_interpreter: dict[Interpreter, list[Job]] = {}
    for job in jobs:
        by_interpreter.setdefault(job.interpreter, []).append(job)
    for same in by_interpreter.values():
        size = max(8, -(-len(same) // (os.cpu_count() or 1)))
        for start in range(0, len(same), size):
            yield same[start : start + size]
