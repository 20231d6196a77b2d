"""Each notebook beside its page: as it is written, and as a file of Jupyter's with its verified outputs."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

import nbformat
from nbformat import v4

from proven import notebooks
from proven.exports.export import Export, Files
from proven.exports.markdown.page import fences, portable_text
from proven.model import JUPYTER, Block, Page, Result
from proven.render.block import recorded
from proven.render.shown import parts
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue


def make(catalogue: Catalogue) -> Files:
    """The files of all notebooks."""
    files: dict[str, str | bytes] = {}
    for page in catalogue.site.pages:
        if page.is_notebook:
            name = PurePosixPath(page.path)
            files[f"{page.address}{name.stem}{JUPYTER}"] = of_jupyter(page, catalogue)
            files[f"{page.address}{name.name}"] = (catalogue.project.root / page.path).read_bytes()
    return files


def of_jupyter(page: Page, catalogue: Catalogue) -> str:
    """A notebook as Jupyter writes it, with the outputs that were verified.

    Args:
        page: Its page.
        catalogue: The site.

    Raises:
        ValidationError: It is not as nbformat has it.
    """
    cells = list(_cells(page, catalogue))
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"  # the same each time
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = v4.new_notebook(cells=cells, metadata=metadata)
    nbformat.validate(notebook)
    return f"{nbformat.writes(notebook)}\n"


def _cells(page: Page, catalogue: Catalogue) -> Iterator[Any]:
    lines, done = portable_text(page, catalogue).lines, 0
    for count, (block, start) in enumerate(zip(page.blocks, fences(page), strict=True), 1):
        yield from _text(lines[done:start])
        outputs = list(_outputs(block, recorded(catalogue.results(block)), count))
        yield v4.new_code_cell(block.code.rstrip("\n"), outputs=outputs, execution_count=count)
        done = start + block.source.count("\n") + 2
    yield from _text(lines[done:])


def _text(lines: list[str]) -> Iterator[Any]:
    text = "\n".join(lines).strip("\n")
    if text:
        yield v4.new_markdown_cell(text)


def _outputs(block: Block, result: Result | None, count: int) -> Iterator[Any]:
    stored = notebooks.outputs(result, count, dict(_shown(block, result))) if result else ()
    yield from map(nbformat.from_dict, stored)


def _shown(block: Block, result: Result) -> Iterator[tuple[str, str]]:
    """What a cell shows in the end, by its type."""
    if result.value:
        yield "text/plain", result.value
    if table := list(parts(result)):
        yield "text/html", templates().get_template("table.html.jinja").render(parts=table)
    if result.shown and result.shown.figure:
        yield "text/plain", block.options.alt
        yield "image/svg+xml", result.shown.figure


EXPORT = Export(
    path="",
    title="Notebooks",
    purpose="Each notebook as a file of Jupyter's with its outputs, linked to on its page.",
    make=make,
)
