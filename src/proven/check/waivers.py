"""What is not held against a block, and how long: waivers of findings, and skips."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from math import ceil

from proven.model import Block, Failure, Judged, Waiver

LONGEST = timedelta(days=366)
SKIPS = 0.01
"""The part of a site's blocks that may be skipped."""


def today() -> date:
    """The day, the same all over the world."""
    return datetime.now(UTC).date()


def judge(block: Block, judged: Iterable[Judged], names: dict[str, str], day: date) -> Iterator[Failure]:
    """What is held against a block.

    Args:
        block: The block.
        judged: What tools find in it.
        names: The code of a finding, by another name that a waiver may give it.
        day: The day that waivers are to reach.
    """
    waiver = block.options.waive
    waived = {names.get(code, code): code for code in waiver.codes} if waiver else {}
    used: set[str] = set()
    for code, failure in judged:
        if waiver and code in waived:
            used.add(code)
            if day <= waiver.until:
                continue
        yield failure
    if waiver:
        unused = [waived[code] for code in waived if code not in used]
        yield from _waiver(block, waiver, unused, day)


def _waiver(block: Block, waiver: Waiver, unused: list[str], day: date) -> Iterator[Failure]:
    for code in unused:
        remedy = "Remove it: a waiver that is kept would hide the next finding."
        yield block.fail(None, f"the waiver of {code} is no longer needed: nothing reports it here", remedy)
    if unused:
        return
    if day > waiver.until:
        remedy = "Mend the block, or look again at the reason and set another date."
        yield block.fail(None, f"the waiver ended on {waiver.until}: {waiver.reason}", remedy)
    elif waiver.until - day > LONGEST:
        remedy = "Set a date within a year: then somebody looks at it again."
        yield block.fail(None, f"the waiver lasts until {waiver.until}", remedy)


def skipped_too_many(blocks: list[Block]) -> Iterator[Failure]:
    """The skips beyond those that the blocks of a site allow; one is always allowed."""
    skipped = [block for block in blocks if block.options.skip]
    allowed = ceil(len(blocks) * SKIPS)
    for block in skipped[allowed:]:
        message = f"{len(skipped)} of {len(blocks)} blocks are skipped; at most {allowed} may be"
        remedy = "Make it run: needs= for what a browser lacks, python= for other versions, hidden set-up."
        yield block.fail(None, message, remedy)
