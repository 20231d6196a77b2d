"""Split console blocks into commands and outputs, and join them again."""

import re
from collections.abc import Iterator
from itertools import zip_longest

from proven.collect.options import Wrong
from proven.harness.commands import are_commands, commands
from proven.model import Block, Failure, Print, Result


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
    lines = source.splitlines()
    typed = are_commands(lines)
    if not typed or not typed[0]:
        raise Wrong("a console block starts with a command", "Write each command after `$ `.")
    kept = [number for number, is_typed in enumerate(typed, 1) if is_typed]
    return "".join(f"{lines[number - 1]}\n" for number in kept), tuple(kept)


def written(block: Block, result: Result) -> str | None:
    """The block with what its commands printed; a line of it stays where it fits, `...` included.

    Returns:
        What the page has to say; None where a page cannot say it: a command
        failed, or printed what would be read as a command or as the block's end.
    """
    lines = expected_lines(block, result.prints)
    if status(block, result) != wanted_status(block) or any(misleads(*line) for line in lines):
        return None
    return "".join(f"{line}\n" for line, _ in lines)


def check(block: Block, result: Result) -> Iterator[Failure]:
    """What is wrong with a console block.

    Args:
        block: The block.
        result: What its commands printed; its error is the status of the one that failed.
    """
    if status(block, result) != wanted_status(block):
        yield _ending(block, *status(block, result), result)
    else:
        yield from _difference(block, expected_lines(block, result.prints))


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
    printed = {one.line: [line.rstrip() for line in one.text.rstrip().splitlines()] for one in prints}
    said = block.source.splitlines()
    ends = (*block.numbers, len(said) + 1)
    lines: list[tuple[str, bool]] = []
    for number, command in enumerate(block.code.splitlines(), 1):
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


def _ending(block: Block, line: int | None, status: str, result: Result) -> Failure:
    last, wanted = wanted_status(block)
    said = f", the page says {wanted}" if line == last and wanted != "0" else ""
    if line == last and status == "0":
        return block.fail(line, f"exited with 0{said}", "Remove exit= or mend the command.")
    printed = "".join(one.text for one in result.prints if one.line == line).split("\n")
    why = "".join(f": {text}" for text in [text for text in printed if text.strip()][-1:])
    remedy = f'If that is the point, make it the last command and say so: ```console run exit="{status}"'
    if status == "0":
        remedy = "It ends the shell: make it the last command."
    return block.fail(line, f"exited with {status}{said}{why}", remedy)


def _difference(block: Block, lines: list[tuple[str, bool]]) -> Iterator[Failure]:
    """The first place where the page is not what was printed."""
    said = block.source.splitlines()
    pages = list(zip(said, are_commands(said), strict=True))
    for index, (page, real) in enumerate(zip_longest(pages, lines)):
        if page and real and page[0].rstrip() == real[0].rstrip() and page[1] == real[1]:
            continue
        says = repr(page[0]) if page and not page[1] else ""
        prints = repr(real[0]) if real and not real[1] else ""
        if says and prints:
            message = f"printed {prints}, the page says {says}"
        elif says:
            message = f"the page says {says}, nothing more is printed here"
        else:
            message = f"printed {prints}, the page does not say so"
        remedy = f"Mend the block, or take over what it printed: proven verify --update {block.path}"
        if real and misleads(*real):
            remedy = "A page cannot show this line as output: let the command print something else."
        yield Failure(block.path, block.line + index + 1, message, remedy)
        return
