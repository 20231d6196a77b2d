"""What a block's section makes of it: one under Avoid shows its harm."""

import re
from collections.abc import Collection, Iterator

from proven.collect import prose
from proven.model import Block, Failure, Page, RulePage

MEASURED = "Measured {#measured}"

_error = re.compile(r"# error: \[[\w-]+")
_prompt = re.compile(r"(>>>|\.\.\.)( |$)")


def check(page: Page, reported: Collection[str]) -> Iterator[Failure]:
    """Blocks of a rule under Avoid that show no harm.

    Args:
        page: The page.
        reported: The addresses of the blocks that a detector which the page declares finds.
    """
    silent = [
        block
        for block in page.blocks
        if block.role == "avoid"
        and _is_shown(block)
        and not _does_harm(block)
        and block.address not in reported
    ]
    if not silent or not isinstance(page, RulePage) or _is_measured(page):
        return
    for block in silent:
        remedy = (
            "Print what goes wrong, end in the exception, mark the type error, show what the declared\n"
            "detector finds in this block, or measure it in a section ## Measured {#measured}."
        )
        yield block.fail(None, "this block under Avoid shows no harm", remedy)


def _is_shown(block: Block) -> bool:
    """Whether readers see a block, and it is run: not set-up that is folded away, and not skipped."""
    return not block.options.hidden and not block.skipped


def _does_harm(block: Block) -> bool:
    """Whether the block itself shows it: prints, draws, ends in an exception, or has a marked type error."""
    if block.options.raises or block.options.figure or _error.search(block.code):
        return True
    if block.language == "pycon":
        return any(line and not _prompt.match(line) for line in block.source.split("\n"))
    return len(block.numbers) < block.source.count("\n")


def _is_measured(page: Page) -> bool:
    headings = (heading for heading, _, _ in prose.sections(prose.parse(page.text)))
    return MEASURED in headings
