"""What has to be run, and what tools are asked, to verify pages."""

from collections.abc import Callable, Iterable, Iterator, Mapping

from proven.check import marks
from proven.check.lint import is_checked
from proven.detectors import of_site
from proven.lint import ask
from proven.lint.request import Request
from proven.lint.rules import detectors
from proven.model import (
    Block,
    Finding,
    Findings,
    Interpreter,
    Job,
    Page,
    Source,
    applicable,
    doubted,
    fixed_sources,
)
from proven.project import Project, Show

type Plan = Mapping[Job, Block]
"""What has to be run, and the first block that needs it; blocks that are alike are run once."""


def plan_blocks(pages: list[Page], interpreters: list[Interpreter]) -> Plan:
    """The runs of blocks as they are written."""
    plan: dict[Job, Block] = {}
    for page in pages:
        for block in page.blocks:
            for interpreter in (
                *applicable(page, block, interpreters),
                *doubted(page, block, interpreters),
            ):
                plan.setdefault(Job(interpreter, block.sources), block)
    return plan


def plan_fixes(pages: list[Page], seen: Mapping[str, Findings], interpreters: list[Interpreter]) -> Plan:
    """The runs of blocks as Ruff mends them."""
    plan: dict[Job, Block] = {}
    for page in pages:
        for block in page.blocks:
            for _, sources in fixes(block, seen):
                for interpreter in applicable(page, block, interpreters):
                    plan.setdefault(Job(interpreter, sources), block)
    return plan


def fixes(block: Block, seen: Mapping[str, Findings]) -> Iterator[tuple[Finding, tuple[Source, ...]]]:
    """The findings of a block that Ruff mends, each with what is to be run in its place."""
    return fixed_sources(block, seen.get(block.address, Findings()))


def takes_packages(plan: Iterable[Job]) -> bool:
    """Whether runs in WebAssembly import packages."""
    return any(not job.interpreter.native and job.interpreter.imports(job.sources) for job in plan)


def ask_tools(project: Project, pages: list[Page], progress: Show) -> Callable[[], dict[str, Findings]]:
    """Look up what the tools say of the blocks of pages: see `lint.ask`."""
    requests = [
        Request(block, block.is_clean or marks.marked(block), _fixed(page, block))
        for page in pages
        for block in page.blocks
        if is_checked(block) and (project.settings.rules or marks.marked(block))
    ]
    codes = {code for page in pages for code in detectors(page)}
    return ask.ask(project, requests, sorted(codes), of_site(project), progress)


def _fixed(page: Page, block: Block) -> tuple[str, ...]:
    """The rules whose fixes are tried: those that a page shows on what to avoid."""
    return tuple(detectors(page)) if block.role == "avoid" else ()
