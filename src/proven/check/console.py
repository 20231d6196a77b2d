"""What is wrong with a console block: `check(block, result) -> failures`."""

from collections.abc import Iterator
from itertools import zip_longest

from proven.collect.console import expected_lines, misleads, status, wanted_status
from proven.harness.commands import are_commands
from proven.model import Block, Failure, Result


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


def _ending(block: Block, line: int | None, status: str, result: Result) -> Failure:
    last, wanted = wanted_status(block)
    said = f", the page says {wanted}" if line == last and wanted != "0" else ""
    if line == last and status == "0":
        return block.fail(line, f"exited with 0{said}", "Remove exit= or mend the command.")
    printed = "".join(output.text for output in result.prints if output.line == line).split("\n")
    why = "".join(f": {text}" for text in [text for text in printed if text.strip()][-1:])
    remedy = f'If that is the point, make it the last command and say so: ```console run exit="{status}"'
    if status == "0":
        remedy = "It ends the shell: make it the last command."
    return block.fail(line, f"exited with {status}{said}{why}", remedy)


def _difference(block: Block, lines: list[tuple[str, bool]]) -> Iterator[Failure]:
    """The first place where the page is not what was printed."""
    said = block.source.split("\n")[:-1]
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
