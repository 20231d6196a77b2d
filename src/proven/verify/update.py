"""Rewrite the outputs on pages, and the figures beside them: what `proven verify --update` does."""

import re
from collections.abc import Mapping
from pathlib import Path

from proven import notebooks
from proven.check.outputs import is_laid_out
from proven.check.results import ended_as_said
from proven.collect import console, outputs
from proven.model import JUPYTER, Block, Interpreter, Page, Result, Results
from proven.project import BROWSER, write
from proven.run import figures
from proven.run.cache import Known


def update(root: Path, pages: list[Page], interpreters: list[Interpreter], cached: Known) -> list[str]:
    """Write what blocks printed into their pages, and what they drew into files beside them.

    Args:
        root: What the pages' paths are relative to.
        pages: The pages as they were verified.
        interpreters: What they were verified on.
        cached: What their blocks did.

    Returns:
        The paths of the files that changed.
    """

    def results(page: Page) -> dict[str, Results]:
        return {block.address: cached.results(page, block, interpreters) for block in page.blocks}

    changed: list[str] = []
    for page in pages:
        seen = results(page)
        updates = _update_notebook if page.path.endswith(JUPYTER) else _update_page
        changed += [page.path] if updates(root / page.path, page, seen) else []
        changed += [
            path for block in page.blocks if (path := _update_figure(root, block, seen[block.address]))
        ]
    return changed


def _update_figure(root: Path, block: Block, results: Results) -> str | None:
    """Write the figure of a block; its path if it is another now."""
    result = _chosen(block, results)
    drawn = result.shown.figure if result and result.shown else ""
    if not block.figure or not drawn or drawn == figures.read(root, block):
        return None
    write(root / block.figure, drawn)
    (root / block.figure).chmod((root / block.path).stat().st_mode)  # whoever reads the page reads it too
    return block.figure


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


def _update_notebook(file: Path, page: Page, results: Mapping[str, Results]) -> bool:
    """Store what the cells of a notebook of Jupyter's have shown."""
    chosen = ((block, _chosen(block, results[block.address])) for block in page.blocks)
    shown = {block.line: result for block, result in chosen if result and ended_as_said(block, result)}
    text = file.read_text("utf-8-sig")
    written = notebooks.write(text, shown)
    if written != text:
        write(file, written)
    return written != text


def _printed(block: Block, results: Results) -> str | None:
    """The block with what it printed."""
    result = _chosen(block, results)
    if result is None or block.language not in ("python", "console"):
        return None
    if block.language == "console":
        return console.with_outputs(block, result)
    return _with_outputs(block, result, ended_as_said(block, result))


def _chosen(block: Block, results: Results) -> Result | None:
    """What the block did where readers run it, else on the last interpreter that ran it as the page says."""
    ended = {interpreter: result for interpreter, result in results.items() if _has_ended(result)}
    whole = {interpreter: result for interpreter, result in ended.items() if ended_as_said(block, result)}
    usable = [*(whole or ended).items()]
    if not usable:
        return None
    return next((result for where, result in usable if where.name == BROWSER), usable[-1][1])


def _with_outputs(block: Block, result: Result, whole: bool) -> str:
    """The block with what it printed; what is noted beyond an end that came too soon stays."""
    printed = outputs.wanted(block.code, result.prints)
    said = outputs.noted(block.source, block.numbers)
    printed = [page if is_laid_out(page, real) else real for page, real in zip(said, printed, strict=True)]
    if whole:
        return outputs.interleave(block.code, printed)
    kept = [[*real, *page[len(real) :]] for page, real in zip(said, printed, strict=True)]
    return outputs.interleave(block.code, kept)


def _has_ended(result: Result) -> bool:
    """Whether the block came to an end of its own: what a flood had printed is not its output."""
    return result.crash is None and not (result.error and result.error.type == "OutputLimit")
