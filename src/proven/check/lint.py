"""What formatter, linter and type checker may say of blocks: `check(pages, seen) -> failures`."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping, Set
from datetime import date

from proven.check import harm, marks, waivers
from proven.lint.rules import detectors, ruff_rules
from proven.lint.settings import SELECTION
from proven.model import (
    LINE_LENGTH,
    SYNTAX_ERRORS,
    UNREADABLE,
    WAIVER_EXAMPLE,
    Block,
    Failure,
    Findings,
    Judged,
    Page,
)

_SELECTED = re.compile(rf"({'|'.join(SELECTION)})\d+")
USELESS = "B018"
"""What Ruff says of an expression that nothing is done with, but for the last of a notebook's cell."""

_OF_THE_WHOLE = {"E402", "F401"}
"""What Ruff says of imports in a part of a program: later cells import, and use what others have imported."""

_SILENCERS = re.compile(r"# ?(noqa|fmt: ?(off|skip)|ruff: ?[\w-]+)\b")
_SILENCERS_OF_TYPES = re.compile(rf"{_SILENCERS.pattern}|# ?(type: ?ignore|(mypy|pyright): ?[\w-]+)\b")


def check(
    pages: list[Page], seen: Mapping[str, Findings], told: Collection[str] = frozenset()
) -> Iterator[Failure]:
    """Hold the blocks of pages against formatter, linter and type checker.

    Args:
        pages: The pages.
        seen: What the tools say of their blocks.
        told: The addresses of blocks whose runs say already why no tool can read them.

    Returns:
        What is wrong, in no particular order.
    """
    names, today = {rule.name: rule.code for rule in ruff_rules().values()}, waivers.today()
    for page in pages:
        fired = _fired(page, seen)
        unread = {block.address for block in page.blocks if _seen(block, seen).unreadable}
        yield from _silent(page, fired, unread)
        yield from harm.check(page, unread.union(*fired.values()))
        for block in page.blocks:
            if block.address not in unread:
                judged = _judge(page, block, seen[block.address]) if block.address in seen else ()
                yield from waivers.judge(block, judged, names, today)
            elif block.address not in told:
                yield from _unreadable(block, _seen(block, seen), today)


def _seen(block: Block, seen: Mapping[str, Findings]) -> Findings:
    return seen.get(block.address, Findings())


def _unreadable(block: Block, seen: Findings, today: date) -> Iterator[Failure]:
    """The failure of a block that a tool cannot read, unless that is waived."""
    finding = seen.unreadable
    waiver = block.options.waive
    if finding is None:
        return
    tool = "mypy" if finding in seen.mypy else "pyright" if finding in (seen.pyright or ()) else "Ruff"
    remedy = "Mend the block. If the tool is wrong, waive it:"
    remedy += f' waive="{UNREADABLE} until 2027-03-01: why"'
    failure = block.fail(finding.line, f"{tool} cannot read this block: {finding.message}", remedy)
    if waiver and UNREADABLE in waiver.codes:
        yield from waivers.judge(block, [(UNREADABLE, failure)], {}, today)
    else:
        yield failure


def _judge(page: Page, block: Block, seen: Findings) -> Iterator[Judged]:
    yield from _lint(page, block, seen)
    yield from _format(block, seen)
    if block.is_clean or marks.marked(block):
        yield from marks.judge(block, seen)
    yield from _silenced(block)


def is_checked(block: Block) -> bool:
    """Whether a tool can read the block: it is Python, and has no error of syntax that a parser finds."""
    return (
        block.language == "python"
        and not ((block.options.raises or "").startswith(SYNTAX_ERRORS) and not _parses(block.code))
        and not block.skipped
    )


def _parses(code: str) -> bool:
    """Whether a parser reads what only the compiler may refuse, such as `return` outside a function."""
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return False
    return True


def _fired(page: Page, seen: Mapping[str, Findings]) -> dict[str, list[str]]:
    """The blocks under Avoid that each declared detector finds, by its code."""
    avoid = [block.address for block in page.blocks if block.role == "avoid" and block.address in seen]
    return {
        code: [address for address in avoid if code in {finding.code for finding in seen[address].lint}]
        for code in detectors(page)
    }


def _silent(page: Page, fired: Mapping[str, list[str]], unread: Set[str]) -> Iterator[Failure]:
    """The declared detectors that find nothing under Avoid."""
    avoid = [block for block in page.blocks if block.role == "avoid" and is_checked(block)]
    for code, name in detectors(page).items():
        if avoid and not fired[code] and unread.isdisjoint(block.address for block in avoid):
            remedy = "Show what it finds, or remove it from `detectors`."
            message = f"the declared detector {name} ({code}) finds nothing under Avoid"
            yield avoid[0].fail(None, message, remedy)


def _lint(page: Page, block: Block, seen: Findings) -> Iterator[Judged]:
    """Findings of selected rules and of the page's detectors; on Avoid, what the page declares is none."""
    rules = detectors(page)
    allowed = rules if block.role == "avoid" else {}
    remedy = "Mend the block, or declare the rule." if block.role == "avoid" else "Mend the block."
    for finding in seen.lint if block.role != "other" else ():
        if finding.code == USELESS and finding.line == _shown_at(block):
            continue
        if finding.code in _OF_THE_WHOLE and block.role == "cell":
            continue
        if finding.code not in allowed and (finding.code in rules or _SELECTED.fullmatch(finding.code)):
            message = f"Ruff: {finding.message} ({finding.code})"
            yield finding.code, block.fail(finding.line, message, remedy)


def _shown_at(block: Block) -> int | None:
    """The line of the expression that a block ends in, if it is there to be shown."""
    if not block.options.shows or not _parses(block.code):
        return None
    *_, last = [None, *ast.parse(block.code).body]
    return last.lineno if isinstance(last, ast.Expr) else None


def _silenced(block: Block) -> Iterator[Judged]:
    """The comments that silence a tool: a waiver has a reason and a date, and they have neither."""
    silencer = _SILENCERS_OF_TYPES if block.is_clean else _SILENCERS
    for number, line in enumerate(block.code.split("\n"), 1):
        if block.role != "other" and (match := silencer.search(line)):
            remedy = f"Remove it, and waive what the tool finds: {WAIVER_EXAMPLE}"
            yield "silencer", block.fail(number, f"{match[0]!r} silences a tool for good [silencer]", remedy)


def _format(block: Block, seen: Findings) -> Iterator[Judged]:
    for finding in seen.format if block.role != "other" else ():
        remedy = f"ruff format --line-length {LINE_LENGTH} writes:\n{finding.message}"
        yield finding.code, block.fail(finding.line, "not formatted", remedy)
