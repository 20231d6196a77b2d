"""Split console blocks into commands and outputs, and join them again."""

import re
from itertools import zip_longest

from proven.collect.containers import as_read
from proven.collect.options import Wrong
from proven.harness.commands import are_commands, commands
from proven.model import Block, Print, Result


def split(source: str) -> tuple[str, tuple[int, ...]]:
    """Take the outputs out of a console block.

    Args:
        source: The block as it stands on the page.

    Returns:
        Its commands, prompts included, and for each of their lines the number
        that it has in `source`, counted from 1.

    Raises:
        Wrong: It does not start with a command.
    """
    lines = source.split("\n")[: source.count("\n")]
    typed = are_commands(lines)
    if not typed or not typed[0]:
        raise Wrong("a console block starts with a command", "Write each command after `$ `.")
    kept = [number for number, is_typed in enumerate(typed, 1) if is_typed]
    return "".join(f"{lines[number - 1]}\n" for number in kept), tuple(kept)


def with_outputs(block: Block, result: Result) -> str | None:
    """The block with what its commands printed; a line of it stays where it fits, `...` included.

    Returns:
        What the page has to say; None where a page cannot say it: a command
        failed, or printed what would be read as a command or as the block's end.
    """
    lines = expected_lines(block, result.prints)
    if status(block, result) != wanted_status(block) or any(misleads(*line) for line in lines):
        return None
    return "".join(f"{line}\n" for line, _ in lines)


def wanted_status(block: Block) -> tuple[int | None, str]:
    """The line and the status of the command that ends the block, as the page says."""
    return commands(block.code)[-1][0], str(block.options.exit)


def status(block: Block, result: Result) -> tuple[int | None, str]:
    """The line and the status of the command that ended the block."""
    return (result.error.line, result.error.message) if result.error else (wanted_status(block)[0], "0")


def misleads(line: str, typed: bool) -> bool:
    """Whether a line of output would be read as something else on a page."""
    return not typed and bool(re.match(r"\$( |$)|> |\s*(`{3}|~{3})", line))


def expected_lines(block: Block, prints: tuple[Print, ...]) -> list[tuple[str, bool]]:
    """The lines that the block has to have, and whether each is typed."""
    printed = {
        each.line: [as_read(block.indent, line).rstrip() for line in each.text.rstrip().splitlines()]
        for each in prints
    }
    said = block.source.split("\n")[:-1]
    ends = (*block.numbers, len(said) + 1)
    lines: list[tuple[str, bool]] = []
    for number, command in enumerate(block.code.split("\n")[:-1], 1):
        real = printed.get(number, [])
        page = said[ends[number - 1] : ends[number] - 1][: len(real)]
        lines.append((command, True))
        lines += [(_kept(*pair), False) for pair in zip_longest(page, real)]
    return lines


def _kept(page: str | None, real: str) -> str:
    """The page's line where it is what was printed, with `...` for what differs from run to run."""
    if page is None or not page.strip().replace("...", ""):
        return real
    pattern = ".*".join(map(re.escape, page.rstrip().split("...")))
    return page.rstrip() if re.fullmatch(pattern, real) else real
