"""What formatter, linter and type checker may say of blocks: `check(pages, seen) -> failures`."""

import re
from collections.abc import Callable, Iterator, Mapping

from proven import tools
from proven.detectors import detectors
from proven.linters import SELECTION, Finding
from proven.model import Block, Failure, Page, Show, Source
from proven.outputs import LINE_LENGTH
from proven.project import Project
from proven.tools import Request, Seen

_SELECTED = re.compile(rf"({'|'.join(SELECTION)})\d+")
_ERROR = re.compile(r"# error: \[([\w-]+(?:, ?[\w-]+)*)\]\s*$")
_REVEALED = re.compile(r"# revealed: (.+?)\s*$")
_REVEALED_NOTE = re.compile(r'Revealed type is "(.*)"')


def look(project: Project, pages: list[Page], progress: Show) -> Callable[[], dict[str, Seen]]:
    """Look up what the tools say of the blocks of pages: see `tools.look()`."""
    requests = [
        Request(block, block.role == "prefer" or _marked(block), _fixed(page, block))
        for page in pages
        for block in page.blocks
        if _is_checked(block)
    ]
    codes = {code for page in pages for code in detectors(page)}
    return tools.look(project, requests, sorted(codes), progress)


def _fixed(page: Page, block: Block) -> tuple[str, ...]:
    """The rules whose fixes are tried: those that a page shows on what to avoid."""
    return tuple(detectors(page)) if block.role == "avoid" else ()


def mended(block: Block, seen: Seen) -> Iterator[tuple[Finding, tuple[Source, ...]]]:
    """What Ruff makes of a block: for each rule that mends it, a finding and what to run."""
    by_code = {finding.code: finding for finding in seen.lint if finding.mended}
    for finding in by_code.values():
        yield finding, (Source("python", finding.mended),)


def check(pages: list[Page], seen: Mapping[str, Seen]) -> Iterator[Failure]:
    """Hold the blocks of pages against formatter, linter and type checker.

    Args:
        pages: The pages.
        seen: What the tools say of their blocks.

    Returns:
        What is wrong, in no particular order.
    """
    for page in pages:
        yield from _lint(page, seen)
        for block in page.blocks:
            if block.address in seen:
                yield from _format(block, seen[block.address])
                if block.role == "prefer" or _marked(block):
                    yield from _types(block, seen[block.address].types)


def _is_checked(block: Block) -> bool:
    """Whether a tool can read the block: it is Python, and not there for its syntax error."""
    return (
        block.language == "python"
        and not (block.options.raises or "").startswith("SyntaxError")
        and not block.options.skip
    )


def _marked(block: Block) -> bool:
    return any(_ERROR.search(line) or _REVEALED.search(line) for line in block.code.splitlines())


def _lint(page: Page, seen: Mapping[str, Seen]) -> Iterator[Failure]:
    """Prefer is clean; on Avoid only what the page declares fires, and each of that does."""
    rules = detectors(page)
    blocks = [block for block in page.blocks if block.address in seen]
    for block in blocks:
        allowed = rules if block.role == "avoid" else {}
        remedy = "Mend the block, or declare the rule." if block.role == "avoid" else "Mend the block."
        for finding in seen[block.address].lint if block.role != "other" else ():
            if finding.code not in allowed and (finding.code in rules or _SELECTED.fullmatch(finding.code)):
                yield block.fail(finding.line, f"Ruff: {finding.message} ({finding.code})", remedy)
    avoid = [block for block in blocks if block.role == "avoid"]
    fired = {finding.code for block in avoid for finding in seen[block.address].lint}
    for code, name in rules.items():
        if avoid and code not in fired:
            remedy = "Show what it finds, or remove it from `detectors`."
            message = f"the declared detector {name} ({code}) finds nothing under Avoid"
            yield avoid[0].fail(None, message, remedy)


def _format(block: Block, seen: Seen) -> Iterator[Failure]:
    for finding in seen.format if block.role != "other" else ():
        remedy = f"ruff format --line-length {LINE_LENGTH} writes:\n{finding.message}"
        yield block.fail(finding.line, "not formatted", remedy)


def _types(block: Block, findings: tuple[Finding, ...]) -> Iterator[Failure]:
    """mypy says exactly what the marks say."""
    lines = block.code.splitlines()
    for number, line in enumerate(lines, 1):
        here = [finding for finding in findings if finding.line == number]
        match = _ERROR.search(line)
        marked = sorted(re.split(", ?", match[1])) if match else []
        errors = [finding for finding in here if finding.code != "note"]
        for finding in errors:
            if finding.code not in marked:
                remedy = f"Mend the block, or mark the line: # error: [{finding.code}]"
                yield block.fail(number, f"mypy: {finding.message} [{finding.code}]", remedy)
        for code in marked:
            if code not in {finding.code for finding in errors}:
                yield block.fail(number, f"mypy does not report [{code}] here", "Remove the mark.")
        yield from _revealed(block, number, line, here)


def _revealed(block: Block, number: int, line: str, findings: list[Finding]) -> Iterator[Failure]:
    match = _REVEALED.search(line)
    notes = [found[1] for finding in findings if (found := _REVEALED_NOTE.search(finding.message))]
    types = [re.sub(r"\b(builtins|typing)\.", "", note) for note in notes]
    if match and match[1] not in types:
        remedy = "Write what mypy reveals." if types else "Put the mark on a line with reveal_type()."
        message = f"mypy reveals {', '.join(types) or 'nothing'}, the page says {match[1]}"
        yield block.fail(number, message, remedy)
