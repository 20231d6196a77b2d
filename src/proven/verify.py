"""Hold blocks against what their pages say: `verify(project, pages, ...) -> Report`."""

import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from proven import checks, static
from proven.cache import Cache
from proven.linters import Finding
from proven.model import Block, Failure, Interpreter, Page, Result, Show, Source
from proven.project import Project
from proven.run import Job, Runners
from proven.tools import Seen

RUNNING = "Running blocks"

type Fixes = dict[str, str]
"""By the code of a rule of Ruff, how it mends what it finds: `safe` or `unsafe`."""

type Results = Mapping[Interpreter, Result]


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

    def get(self, job: Job) -> Result | None:
        """The result of a job; None while there is none."""
        key = self.cache.key(job.sources, job.interpreter)
        return self.crashes.get(key) or self.cache.get(key)

    def put(self, job: Job, result: Result) -> None:
        """Remember a result; a crash says nothing about the next time."""
        key = self.cache.key(job.sources, job.interpreter)
        if result.crash:
            self.crashes[key] = result
        else:
            self.cache.put(key, result)

    def results(
        self, page: Page, block: Block, interpreters: list[Interpreter], sources: tuple[Source, ...] = ()
    ) -> Results:
        """What a block did on those of the interpreters that it is for, as far as that is known.

        With `sources`, what these did in its place.
        """
        jobs = [Job(one, sources or block.sources) for one in applicable(page, block, interpreters)]
        found = {job.interpreter: self.get(job) for job in jobs}
        return {one: result for one, result in found.items() if result}


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification showed."""

    failures: tuple[Failure, ...]
    ran: int
    """How many runs it took; the others were known."""
    known: Known
    fixes: Mapping[str, Fixes]
    """By page, the fixes that were tried on its blocks."""


def verify(
    project: Project,
    pages: list[Page],
    interpreters: list[Interpreter],
    runners: Runners,
    progress: Show = lambda what, done, total: None,
) -> Report:
    """Run what is not known yet, and check every block of the pages.

    Args:
        project: Where caches and tools are.
        pages: What to verify.
        interpreters: What to verify it on.
        runners: What runs it.
        progress: Told how many runs are done, and how far the tools are.

    Returns:
        All failures in the order of pages and lines.

    Raises:
        Unavailable: An interpreter or a tool does not start.
    """
    known = Known(project)
    with ThreadPoolExecutor(1) as beside:  # the tools are processes of their own
        looking = beside.submit(static.look(project, pages, progress))
        ran = _run(known, _written(pages, interpreters), runners, progress)
        seen = looking.result()
    ran += _run(known, _mended(pages, seen, interpreters), runners, progress)
    failures = list(static.check(pages, seen))
    everywhere = project.interpreters()
    for page in pages:
        for block in page.blocks:
            failures += _nowhere(page, block, everywhere)
            failures += checks.check(block, known.results(page, block, interpreters))
            for finding, sources in _fixes(block, seen):
                results = known.results(page, block, interpreters, sources)
                failures += checks.check_mended(block, finding, results)
    fixes = {
        page.path: {finding.code: finding.fix for block in page.blocks for finding, _ in _fixes(block, seen)}
        for page in pages
    }
    return Report(tuple(sorted(failures, key=lambda one: (one.path, one.line))), ran, known, fixes)


def _written(pages: list[Page], interpreters: list[Interpreter]) -> Iterator[Job]:
    """The runs of blocks as they are written."""
    for page in pages:
        for block in page.blocks:
            for one in applicable(page, block, interpreters):
                yield Job(one, block.sources)


def _mended(pages: list[Page], seen: Mapping[str, Seen], interpreters: list[Interpreter]) -> Iterator[Job]:
    """The runs of blocks as Ruff mends them."""
    for page in pages:
        for block in page.blocks:
            for _, sources in _fixes(block, seen):
                for one in applicable(page, block, interpreters):
                    yield Job(one, sources)


def _fixes(block: Block, seen: Mapping[str, Seen]) -> Iterator[tuple[Finding, tuple[Source, ...]]]:
    return static.mended(block, seen.get(block.address, Seen()))


def _run(known: Known, plan: Iterable[Job], runners: Runners, progress: Show) -> int:
    """Run what is not known yet, alike jobs once; how many that were."""
    jobs = [job for job in dict.fromkeys(plan) if not known.get(job)]
    if not jobs:
        return 0
    lock = threading.Lock()
    finished = 0

    def done(job: Job, result: Result) -> None:
        nonlocal finished
        known.put(job, result)
        with lock:
            finished += 1
            progress(RUNNING, finished, len(jobs))

    progress(RUNNING, 0, len(jobs))
    runners.run(jobs, done)
    return len(jobs)


def _nowhere(page: Page, block: Block, interpreters: list[Interpreter]) -> Iterator[Failure]:
    """A block that nothing runs proves nothing."""
    if block.options.skip or block.is_plain_data:
        return
    if not applicable(page, block, interpreters):
        there = ", ".join(one.name for one in interpreters)
        remedy = f"Its python= and the page's `python: {page.python}` leave none of {there}."
        if block.options.needs or not block.is_python:
            remedy = "It runs only on the CPython that builds the site: see python= and the page's."
        yield block.fail(None, "no interpreter runs this block", remedy)
