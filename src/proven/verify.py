"""Hold blocks against what their pages say: `verify(project, pages, ...) -> Report`."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from proven import checks, static
from proven.cache import Cache
from proven.model import Block, Failure, Interpreter, Page, Result
from proven.project import Project
from proven.run import Job, Runners
from proven.shards import WHOLE, Shard

type Results = Mapping[Interpreter, Result]

type Show = Callable[[int, int], None]
"""Told how many runs are done, and of how many."""


def applicable(page: Page, block: Block, interpreters: list[Interpreter]) -> list[Interpreter]:
    """The interpreters that a block is to be run on."""
    return [one for one in interpreters if block.runs_on(one) and page.python.contains(one.release)]


class Known:
    """What is known of blocks: results on disk, and the crashes of this time.

    Results are read when they are asked for, so that a site of any size fits in memory.
    """

    def __init__(self, project: Project) -> None:
        self.cache = Cache(project.cache / "results", project.locks, project.run_code)
        self.crashes: dict[str, Result] = {}

    def key(self, job: Job) -> str:
        """The name of a job's result, here and on every machine like this one."""
        return self.cache.key(job.sources, job.interpreter)

    def get(self, job: Job) -> Result | None:
        """The result of a job; None while there is none."""
        key = self.key(job)
        return self.crashes.get(key) or self.cache.get(key)

    def put(self, job: Job, result: Result) -> None:
        """Remember a result."""
        self.take(self.key(job), result)

    def take(self, key: str, result: Result) -> None:
        """Remember a result under its key; a crash says nothing about the next time."""
        if result.crash:
            self.crashes[key] = result
        else:
            self.cache.put(key, result)

    def results(self, page: Page, block: Block, interpreters: list[Interpreter]) -> Results:
        """What a block did on those of the interpreters that it is for, as far as that is known."""
        found = {one: self.get(Job(one, block.sources)) for one in applicable(page, block, interpreters)}
        return {one: result for one, result in found.items() if result}


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification showed."""

    failures: tuple[Failure, ...]
    ran: int
    """How many runs it took; the others were known."""
    known: Known


def verify(
    project: Project,
    pages: list[Page],
    interpreters: list[Interpreter],
    runners: Runners,
    progress: Show = lambda done, total: None,
    shard: Shard = WHOLE,
) -> Report:
    """Run what is not known yet, and check every block of the pages.

    Args:
        project: Where caches and tools are.
        pages: What to verify.
        interpreters: What to verify it on.
        runners: What runs it.
        progress: Called with the number of runs done and to do, from any thread.
        shard: The part of the pages that is this machine's.

    Returns:
        All failures in the order of pages and lines.

    Raises:
        Unavailable: An interpreter or a tool does not start.
    """
    known = Known(project)
    mine = shard.blocks(pages)
    ran = complete(known, mine, interpreters, runners, progress)
    failures = [*static.check(project, shard.pages(pages)), *judge(project, known, mine, interpreters)]
    return Report(tuple(sorted(failures, key=place)), ran, known)


def complete(
    known: Known,
    pages: list[Page],
    interpreters: list[Interpreter],
    runners: Runners,
    progress: Show = lambda done, total: None,
) -> int:
    """Run what is not known yet; how many runs that took.

    Raises:
        Unavailable: An interpreter does not start.
    """
    jobs = [job for job in plan(pages, interpreters) if not known.get(job)]
    if jobs:
        _run(known, jobs, runners, progress)
    return len(jobs)


def judge(
    project: Project, known: Known, pages: list[Page], interpreters: list[Interpreter]
) -> Iterator[Failure]:
    """What is wrong with the blocks of the pages, by what is known of them."""
    everywhere = project.interpreters()
    for page in pages:
        for block in page.blocks:
            yield from _nowhere(page, block, everywhere)
            yield from checks.check(block, known.results(page, block, interpreters))


def plan(pages: list[Page], interpreters: list[Interpreter]) -> dict[Job, Block]:
    """All runs, each with the first block that needs it; blocks that are alike are run once."""
    jobs: dict[Job, Block] = {}
    for page in pages:
        for block in page.blocks:
            for one in applicable(page, block, interpreters):
                jobs.setdefault(Job(one, block.sources), block)
    return jobs


def place(failure: Failure) -> tuple[str, int]:
    """The order in which failures are told."""
    return failure.path, failure.line


def _run(known: Known, jobs: list[Job], runners: Runners, progress: Show) -> None:
    lock = threading.Lock()
    finished = 0

    def done(job: Job, result: Result) -> None:
        nonlocal finished
        known.put(job, result)
        with lock:
            finished += 1
            progress(finished, len(jobs))

    progress(0, len(jobs))
    runners.run(jobs, done)


def _nowhere(page: Page, block: Block, interpreters: list[Interpreter]) -> Iterator[Failure]:
    """A block that nothing runs proves nothing."""
    if not block.options.skip and not applicable(page, block, interpreters):
        there = ", ".join(one.name for one in interpreters)
        remedy = f"Its python= and the page's `python: {page.python}` leave none of {there}."
        if block.options.needs:
            remedy = (
                "With needs= it runs only on the CPython that builds the site: see python= and the page's."
            )
        yield block.fail(None, "no interpreter runs this block", remedy)
