"""Hold blocks against what their pages say: `verify(project, pages, ...) -> Report`."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from proven.check import lint, measures, patterns, results, shown
from proven.check.results import check_fix
from proven.model import Block, Failure, Findings, Interpreter, Job, Page, applicable, doubted
from proven.project import Project, Show, quiet
from proven.run import figures, measurements
from proven.run.cache import Known
from proven.run.pool import Runners
from proven.verify.plan import Plan, ask_tools, fixes, plan_blocks, plan_fixes
from proven.verify.runs import run_and_repeat, run_missing
from proven.verify.shards import WHOLE, Shard

type Fixes = dict[str, str]
"""By the code of a rule of Ruff, how it mends what it finds: `safe` or `unsafe`."""


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification showed."""

    failures: tuple[Failure, ...]
    ran: int
    """How many runs it took; the others were known."""
    unsteady: tuple[str, ...]
    """Where a run did what its page says only when it was repeated."""
    cached: Known
    fixes: Mapping[str, Fixes]
    """By page, the fixes that were tried on its blocks."""
    plan: Plan
    """All runs that it rests on."""


def verify(
    project: Project,
    pages: list[Page],
    interpreters: list[Interpreter],
    runners: Runners,
    progress: Show = quiet,
    shard: Shard = WHOLE,
) -> Report:
    """Run what is not known yet, and check every block of the pages.

    Args:
        project: Where caches and tools are.
        pages: What to verify.
        interpreters: What to verify it on.
        runners: What runs it.
        progress: Told how many runs are done, and how far the tools are.
        shard: The part of it that is verified here.

    Returns:
        All failures in the order of pages and lines.

    Raises:
        Unavailable: An interpreter or a tool does not start.
    """
    cached = Known.of(project)
    read, run = shard.pages(pages), shard.blocks(pages)
    with ThreadPoolExecutor(1) as beside:  # the tools are processes of their own
        looking = beside.submit(ask_tools(project, read, progress))
        plan = plan_blocks(run, interpreters)
        runs, unsteady = run_and_repeat(cached, plan, runners, progress)
        seen = looking.result()
    mending = plan_fixes(read, seen, interpreters)
    runs += run_missing(cached, mending, runners, progress)
    wrong = [*judge_runs(project, cached, run, interpreters), *_shared_figures(run)]
    wrong += judge_tools(cached, read, seen, interpreters)
    return Report(tuple(sorted(wrong)), len(runs), unsteady, cached, _fixed(read, seen), {**mending, **plan})


def _fixed(pages: list[Page], seen: Mapping[str, Findings]) -> dict[str, Fixes]:
    """By page, the fixes that Ruff has for its blocks."""
    return {
        page.path: {finding.code: finding.fix for block in page.blocks for finding, _ in fixes(block, seen)}
        for page in pages
    }


def judge_runs(
    project: Project, cached: Known, pages: list[Page], interpreters: list[Interpreter]
) -> Iterator[Failure]:
    """What is wrong with what the blocks of pages did."""
    everywhere = project.interpreters()
    for page in pages:
        for block in page.blocks:
            yield from judge_block(cached, page, block, interpreters, everywhere)
            yield from measures.check(block, measurements.read(project.root, block))
            drawn = cached.results(page, block, interpreters) if block.figure else {}
            yield from shown.check_figure(block, drawn, figures.read(project.root, block))


def _shared_figures(pages: list[Page]) -> Iterator[Failure]:
    """The failures of blocks that draw into the file of another page's block."""
    owners: dict[str, Block] = {}
    for block in (block for page in pages for block in page.blocks):
        if block.figure and (owner := owners.setdefault(block.figure, block)) is not block:
            yield block.fail(None, f"{block.figure} is the figure of {owner.address}", "Rename one of them.")


def judge_block(
    cached: Known,
    page: Page,
    block: Block,
    interpreters: list[Interpreter],
    everywhere: list[Interpreter],
) -> Iterator[Failure]:
    """What is wrong with what a block did.

    Args:
        cached: What it did.
        page: Its page.
        block: The block.
        interpreters: Those that it is verified on now.
        everywhere: All of the project.
    """
    yield from _nowhere(page, block, everywhere)
    yield from results.check(block, cached.results(page, block, interpreters))
    tried = {
        interpreter: cached.get(Job(interpreter, block.sources))
        for interpreter in doubted(page, block, interpreters)
    }
    yield from results.check_need(block, {where: result for where, result in tried.items() if result})


def judge_tools(
    cached: Known, pages: list[Page], seen: Mapping[str, Findings], interpreters: list[Interpreter]
) -> Iterator[Failure]:
    """What is wrong with what the tools say of pages, and with what the blocks do that Ruff has mended."""
    told = {
        block.address
        for page in pages
        for block in page.blocks
        if _is_told(cached, page, block, seen, interpreters)
    }
    yield from lint.check(pages, seen, told)
    yield from patterns.check(pages, seen)
    for page in pages:
        for block in page.blocks:
            for finding, sources in fixes(block, seen):
                results = cached.results(page, block, interpreters, sources)
                yield from check_fix(block, finding, results)


def _is_told(
    cached: Known, page: Page, block: Block, seen: Mapping[str, Findings], interpreters: list[Interpreter]
) -> bool:
    """Whether a failed run of the block says already why a tool cannot read it."""
    unreadable = block.address in seen and seen[block.address].unreadable
    return bool(unreadable) and any(results.check(block, cached.results(page, block, interpreters)))


def _nowhere(page: Page, block: Block, interpreters: list[Interpreter]) -> Iterator[Failure]:
    """The failure of a block that no interpreter runs, so that it proves nothing."""
    if block.skipped or block.is_plain_data:
        return
    if not applicable(page, block, interpreters):
        if lacking := _lacking(page, block, interpreters):
            are = "is" if len(lacking) == 1 else "are"
            remedy = f"Install what it imports: pip install {' '.join(lacking)}"
            yield block.fail(None, f"{', '.join(lacking)} {are} not installed here", remedy)
            return
        names = ", ".join(interpreter.name for interpreter in interpreters)
        remedy = f"Its python= and the page's `python: {page.python}` leave none of {names}."
        if block.options.needs or not block.is_python:
            remedy = "It runs only on the CPython that builds the site: see python= and the page's."
        elif any(interpreter.imports(block.sources) for interpreter in interpreters):
            able = [
                interpreter.name
                for interpreter in interpreters
                if all(interpreter.imports(block.sources).values())
            ]
            remedy += f"\nWhat it imports is there on {', '.join(able) or 'none of them, all together'}."
        yield block.fail(None, "no interpreter runs this block", remedy)


def _lacking(page: Page, block: Block, interpreters: list[Interpreter]) -> list[str]:
    """The modules that a block lacks where nothing but the CPython that builds the site runs blocks."""
    if not block.is_python or not all(interpreter.native for interpreter in interpreters):
        return []
    able = [where for where in interpreters if where.is_of(block.options.python) and page.admits(where)]
    imports = [where.imports(block.sources) for where in able]
    return sorted({name for modules in imports for name, stands in modules.items() if not stands})
