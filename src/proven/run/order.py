"""What is run together, and in which order: a `Queue` of jobs."""

import threading
from collections import deque
from collections.abc import Iterable, Iterator

from proven.model import Interpreter, Job

_SHARE = 25
"""Jobs for each child that make one more child of an interpreter worth its start."""

type Chain = list[Job]
"""A job, and then what continues it."""

type Alike = list[Chain]
"""What one child is to run."""


class Queue:
    """Jobs by interpreter, handed to as many threads as there are.

    Those that continue one another are a chain, which is run at once. Those that import the same packages
    in WebAssembly go to one child, which imports them once and serves no others; they come first, for they
    take longest.
    """

    def __init__(self, jobs: Iterable[Job]) -> None:
        self.lock = threading.Lock()
        self.cleared = False
        self.jobs: dict[Interpreter, deque[Alike]] = {}
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

    def take(self, interpreter: Interpreter) -> Alike | None:
        """The next on an interpreter; None, and one thread fewer at work on it, when there is nothing."""
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


def _alike(jobs: Iterable[Job]) -> Iterator[tuple[Interpreter, Alike]]:
    """Chains that import the same packages in WebAssembly, most at first; then each of the others."""
    alike: dict[tuple[Interpreter, str], Alike] = {}
    single = []
    for chain in _chains(jobs):
        interpreter = chain[-1].interpreter
        if packages := _packages(chain[-1]):
            alike.setdefault((interpreter, repr(packages)), []).append(chain)
        else:
            single.append(chain)
    for (interpreter, _), many in sorted(alike.items(), key=lambda item: -len(item[1])):
        yield interpreter, many
    for chain in single:
        yield chain[-1].interpreter, [chain]


def _chains(jobs: Iterable[Job]) -> list[Chain]:
    """Jobs, each with those that it continues: one run of it tells of them too."""
    order = {job: number for number, job in enumerate(jobs)}
    left = dict.fromkeys(order)
    chains: list[Chain] = []
    for job in sorted(left, key=lambda job: -len(job.sources)):
        if job not in left:
            continue  # another continues it
        chain = [job]
        while (before := _before(chain[0])) in left:
            chain.insert(0, before)
        for taken in chain:
            del left[taken]
        chains.append(chain)
    return sorted(chains, key=lambda chain: order[chain[0]])


def _before(job: Job) -> Job | None:
    """The job that another continues, if one run can tell of both."""
    before = Job(job.interpreter, job.sources[:-1])
    alike = {source.language for source in job.sources[-2:]} in ({"python"}, {"pycon"}, {"console"})
    return before if alike and _packages(before) == _packages(job) else None


def _packages(job: Job) -> dict[str, str]:
    """What has to be installed for a job in WebAssembly."""
    return {} if job.interpreter.native else job.interpreter.imports(job.sources)
