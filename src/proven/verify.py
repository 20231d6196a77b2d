"""Hold blocks against what their pages say: `verify(project, pages, ...) -> Report`."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from proven import checks, static
from proven.cache import Cache
from proven.model import Block, Failure, Interpreter, Page, Result
from proven.project import Project
from proven.run import TIMEOUT, Job, run

type Results = Mapping[Interpreter, Result]

type Show = Callable[[int, int], None]
"""Told how many runs are done, and of how many."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification showed."""

    results: Mapping[str, Results] = field(default_factory=dict)
    """Per block address, what it did on each interpreter that it was run on."""
    failures: tuple[Failure, ...] = ()
    ran: int = 0
    """How many runs it took; the others were known."""


def applicable(page: Page, block: Block, interpreters: list[Interpreter]) -> list[Interpreter]:
    """The interpreters that a block is to be run on."""
    return [one for one in interpreters if block.runs_on(one) and page.python.contains(one.release)]


def verify(
    project: Project,
    pages: list[Page],
    interpreters: list[Interpreter],
    progress: Show = lambda done, total: None,
    timeout: float = TIMEOUT,
) -> Report:
    """Run what is not known yet, and check every block of the pages.

    Args:
        project: Where caches and tools are.
        pages: What to verify.
        interpreters: What to verify it on.
        progress: Called with the number of runs done and to do, from any thread.
        timeout: Seconds that one run may take.

    Returns:
        All results, and all failures in the order of pages and lines.

    Raises:
        Unavailable: An interpreter or a tool does not start.
    """
    blocks = [(page, block) for page in pages for block in page.blocks]
    plan = [(block, one) for page, block in blocks for one in applicable(page, block, interpreters)]
    cache = Cache(project.cache / "results", project.locks, project.run_code)
    known, ran = _complete(project, cache, plan, progress, timeout)
    results: dict[str, dict[Interpreter, Result]] = {}
    for block, interpreter in plan:
        results.setdefault(block.address, {})[interpreter] = known[cache.key(block.sources, interpreter)]
    failures = static.check(project, pages)
    for page, block in blocks:
        failures += _nowhere(page, block, project.interpreters())
        failures += checks.check(block, results.get(block.address, {}))
    return Report(results, tuple(sorted(failures, key=lambda one: (one.path, one.line))), ran)


def _complete(
    project: Project,
    cache: Cache,
    plan: list[tuple[Block, Interpreter]],
    progress: Show,
    timeout: float,
) -> tuple[dict[str, Result], int]:
    """The result for each key of the plan, and how many had to be run."""
    known: dict[str, Result] = {}
    jobs: dict[str, Job] = {}
    for block, interpreter in plan:
        key = cache.key(block.sources, interpreter)
        stored = known.get(key) or cache.get(key)
        if stored:
            known[key] = stored
        else:
            jobs[key] = Job(interpreter, block.sources)
    keys = {job: key for key, job in jobs.items()}
    lock = threading.Lock()

    def done(job: Job, result: Result) -> None:
        cache.put(keys[job], result)
        with lock:
            known[keys[job]] = result
            progress(len(known) - already, len(jobs))

    already = len(known)
    if jobs:
        progress(0, len(jobs))
        run(project, list(jobs.values()), done, timeout)
    return known, len(jobs)


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
