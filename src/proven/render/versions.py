"""Blocks that show the same thing on different versions, and the table of what each version did.

Such blocks follow one another with `python=` restrictions that exclude each other and leave
no version out between the oldest and the newest: `alternatives(page, interpreters)`.
"""

from collections.abc import Iterable, Iterator, Mapping

from packaging.version import Version

from proven.model import Block, Interpreter, Page, Result
from proven.render.templates import templates

type Row = tuple[list[Interpreter], str]
"""Interpreters that did the same, oldest version first, and what that was."""


def alternatives(page: Page, interpreters: list[Interpreter]) -> dict[int, list[Block]]:
    """The blocks of a page that show the same on different versions, by the number of their last."""
    admitted = [interpreter for interpreter in interpreters if page.admits(interpreter)]
    return {run[-1].number: run for run in _runs(page.blocks, admitted) if _is_whole(run, admitted)}


def _runs(blocks: Iterable[Block], interpreters: list[Interpreter]) -> Iterator[list[Block]]:
    """Blocks that follow one another and exclude each other."""
    run: list[Block] = []
    for block in blocks:
        if not block.is_python or not str(block.options.python):
            yield run
            run = []
        elif run and (
            block.role != run[-1].role
            or any(
                block.runs_on(interpreter) and other.runs_on(interpreter)
                for interpreter in interpreters
                for other in run
            )
        ):
            yield run
            run = [block]
        else:
            run.append(block)
    yield run


def _is_whole(run: list[Block], interpreters: list[Interpreter]) -> bool:
    """Whether there are several, and no version between the oldest and the newest is left out."""
    versions = sorted({interpreter.release for interpreter in interpreters}, key=Version)
    of = [
        place
        for place, release in enumerate(versions)
        if any(block.options.python.contains(release) for block in run)
    ]
    return len(run) > 1 and of == list(range(of[0], of[-1] + 1))


def rows(results: Iterable[Mapping[Interpreter, Result]]) -> list[Row]:
    """What blocks did, oldest version first; a row for all that did the same.

    Args:
        results: What each block did, per interpreter that ran it.
    """
    seen: dict[str, list[Interpreter]] = {}
    for result_of in results:
        for interpreter, result in result_of.items():
            seen.setdefault(_said(result), []).append(interpreter)
    ordered = [(sorted(where, key=_age), text) for text, where in seen.items()]
    return sorted(ordered, key=lambda row: _age(row[0][0]))


def table_html(results: Iterable[Mapping[Interpreter, Result]]) -> str:
    """The HTML of the table of what blocks did.

    Args:
        results: What each block did, per interpreter that ran it.

    Returns:
        The table; empty where there is nothing to compare.
    """
    differing = rows(results)
    return (
        templates().get_template("versions.html.jinja").render(rows=differing) if len(differing) > 1 else ""
    )


def _age(interpreter: Interpreter) -> tuple[Version, bool]:
    return Version(interpreter.version), interpreter.native


def _said(result: Result) -> str:
    """What a block printed, the value and the exception that ended it."""
    return f"{result.text}{result.error or ''}".rstrip()
