"""Rewrite the outputs on pages: what `proven verify --update` does."""

import re
from collections.abc import Mapping
from pathlib import Path

from proven.check.results import ended_as_said
from proven.collect import console, outputs
from proven.model import Block, Interpreter, Page, Result, Results
from proven.project import BROWSER, write
from proven.run.cache import Known


def update(root: Path, pages: list[Page], interpreters: list[Interpreter], cached: Known) -> list[Page]:
    """Write what blocks printed into their pages.

    Args:
        root: What the pages' paths are relative to.
        pages: The pages as they were verified.
        interpreters: What they were verified on.
        cached: What their blocks did.

    Returns:
        The pages that changed.
    """

    def results(page: Page) -> dict[str, Results]:
        return {block.address: cached.results(page, block, interpreters) for block in page.blocks}

    return [page for page in pages if _update_page(root / page.path, page, results(page))]


def _update_page(file: Path, page: Page, results: Mapping[str, Results]) -> bool:
    content = file.read_bytes()
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    lines = content.decode("utf-8").replace("\r\n", "\n").split("\n")
    before = list(lines)
    for block in reversed(page.blocks):
        source = _printed(block, results[block.address])
        if source is not None and source != block.source and not block.places:
            prefix = re.sub(r"[^>\s]", " ", block.indent)
            old = block.source.count("\n")
            lines[block.line : block.line + old] = [
                (prefix + line).rstrip(outputs.BLANKS) for line in source.split("\n")[:-1]
            ]
    if lines == before:
        return False
    write(file, newline.join(line.encode() for line in lines))
    return True


def _printed(block: Block, results: Results) -> str | None:
    """The block with what it printed where readers run it, else on the last interpreter that ran it."""
    if block.language not in ("python", "console"):
        return None
    ended = {interpreter: result for interpreter, result in results.items() if _has_ended(result)}
    whole = {interpreter: result for interpreter, result in ended.items() if ended_as_said(block, result)}
    usable = [*(whole or ended).items()]
    if not usable:
        return None
    _, result = next((pair for pair in usable if pair[0].name == BROWSER), usable[-1])
    if block.language == "console":
        return console.with_outputs(block, result)
    return _with_outputs(block, result, bool(whole))


def _with_outputs(block: Block, result: Result, whole: bool) -> str:
    """The block with what it printed; what is noted beyond an end that came too soon stays."""
    printed = outputs.wanted(block.code, result.prints)
    if whole:
        return outputs.interleave(block.code, printed)
    said = outputs.noted(block.source, block.numbers)
    kept = [[*real, *page[len(real) :]] for page, real in zip(said, printed, strict=True)]
    return outputs.interleave(block.code, kept)


def _has_ended(result: Result) -> bool:
    """Whether the block came to an end of its own: what a flood had printed is not its output."""
    return result.crash is None and not (result.error and result.error.type == "OutputLimit")
