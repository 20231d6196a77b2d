"""Run what is not known of blocks: `run_missing`, and `run_and_repeat` where pages say what they do."""

import json
import threading
from dataclasses import asdict

from proven.check import results
from proven.model import Block, Error, Interpreter, Job, Result
from proven.project import Show, quiet
from proven.run.cache import Known, decode
from proven.run.pool import Runners
from proven.toolchain import environments, wheels
from proven.verify.plan import Plan, takes_packages

RUNNING = "Running blocks"
REPEATING = "Repeating runs that differ from their pages"


def run_missing(cached: Known, plan: Plan, runners: Runners, progress: Show = quiet) -> list[Job]:
    """Run what is not known yet; what that was.

    Raises:
        Unavailable: An interpreter does not start, or a package or an environment cannot be had.
    """
    if takes_packages(plan) and wheels.provide(runners.project):
        runners.close()  # those that wait have not been allowed to read them
    jobs = [job for job in plan if not cached.get(job)]
    environments.provide(runners.project, (job.interpreter.name for job in jobs if job.interpreter.home))
    if jobs:
        progress(RUNNING, 0, len(jobs))
    _run(cached, plan, jobs, runners, progress, RUNNING)
    return jobs


def run_and_repeat(
    cached: Known, plan: Plan, runners: Runners, progress: Show = quiet
) -> tuple[list[Job], tuple[str, ...]]:
    """Run what is not known yet, and once more what did not do what its page says; the second run counts.

    On a busy machine a block that measures, or waits for others, may do something else for once.
    What crashed or took too long is not tried again.

    Args:
        cached: What is known.
        plan: What the runs are for.
        runners: What runs them.
        progress: Told how many are done; of a repetition without an announcement, for most pages are wrong.

    Returns:
        What was run, and where only the second run did what the page says.

    Raises:
        Unavailable: An interpreter does not start, or a package or an environment cannot be had.
    """
    jobs = run_missing(cached, plan, runners, progress)
    differing = [job for job in jobs if _differs(cached, plan[job], job)]
    _run(cached, plan, differing, runners, progress, REPEATING)
    unsteady = tuple(
        f"{plan[job].address} on {job.interpreter.name}: the first run differed from the page, not the second"
        for job in differing
        if not _differs(cached, plan[job], job)
    )
    return jobs, unsteady


def _differs(cached: Known, block: Block, job: Job) -> bool:
    """Whether a run of a block as it stands came to an end, but not as its page says."""
    result = cached.get(job)
    if result is None or result.crash or block.lacks(job.interpreter) or job.sources != block.sources:
        return False
    return any(results.check(block, {job.interpreter: result}))


def _run(cached: Known, plan: Plan, jobs: list[Job], runners: Runners, progress: Show, title: str) -> None:
    """Run jobs, and remember what they did."""
    lock = threading.Lock()
    finished = 0

    def done(job: Job, result: Result) -> None:
        nonlocal finished
        cached.put(job, as_kept(plan[job], job.interpreter, result))
        with lock:
            finished += 1
            progress(title, finished, len(jobs))

    runners.run(jobs, done)


def as_kept(block: Block, interpreter: Interpreter, result: Result) -> Result:
    """A run as it is remembered: one that dies where the block says it cannot run is not tried again.

    How it died is left out: what an interpreter says of that is not the same each time. So is where
    an environment is: tracebacks and warnings name files in it.
    """
    if result.crash and block.lacks(interpreter):
        return Result(error=Error("Crash", "", None, ""))
    if not interpreter.home:
        return result
    place = f"{interpreter.home}/"
    text = json.dumps(asdict(result), ensure_ascii=False)
    return decode(text.replace(json.dumps(place, ensure_ascii=False)[1:-1], ""))
