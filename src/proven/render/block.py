"""Turn a block and its results into HTML: `block_html(block, results, highlighted)`."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from proven.check import data
from proven.check.results import check
from proven.model import NATIVE, Block, Cell, Interpreter, Result, Source
from proven.project import BROWSER
from proven.render import shown as ending
from proven.render.shown import FigureView
from proven.render.templates import templates

_LABELS = {"avoid": "Avoid", "prefer": "Prefer"}


@dataclass(frozen=True, slots=True)
class BlockView:
    """What the template of a block shows."""

    label: str
    facts: tuple[str, ...]
    reason: str
    recorded: bool
    stdout: str
    stderr: str
    value: str
    table: Sequence[tuple[str, list[tuple[Cell, ...]]]]
    """The parts of the table that it shows, each a name and rows."""
    figure: FigureView | None
    failures: tuple[str, ...]
    verified: str
    whole: bool
    """Whether every interpreter of the project ran it."""
    runnable: bool
    live: bool
    """Whether the page's script can do something with it: run it, or check it at least."""
    data: Mapping[str, Any]
    head: bool
    """Whether there is anything to be said above the code."""

    @property
    def empty(self) -> bool:
        """Whether the block showed nothing at all."""
        return not self.has_text and not self.figure

    @property
    def has_text(self) -> bool:
        """Whether it printed anything, or ended in a value."""
        return bool(self.stdout or self.stderr or self.value)


def block_html(
    block: Block,
    results: Mapping[Interpreter, Result],
    highlighted: str,
    everywhere: Collection[Interpreter] = (),
    changed: Sequence[int] = (),
    beside: str = "",
) -> str:
    """The HTML of one block, complete without JavaScript.

    Args:
        block: The block.
        results: What it did, per interpreter that ran it.
        highlighted: Its code as highlighted HTML.
        everywhere: The interpreters of the project; where all of them ran it, they need not be read.
        changed: The lines of its code that are marked as changed.
        beside: The way from where its page is shown to the folder that the page lies in.
    """
    template = templates().get_template("block.html.jinja")
    shown = view(block, results, everywhere, changed, beside)
    return template.render(block=block, view=shown, highlighted=Markup(highlighted))


def view(
    block: Block,
    results: Mapping[Interpreter, Result],
    everywhere: Collection[Interpreter] = (),
    changed: Sequence[int] = (),
    beside: str = "",
) -> BlockView:
    """What is shown of a block and its results; failures can only be there while a writer is at work."""
    is_setup = block.options.hidden  # what continues it runs it
    is_plain = block.environment == NATIVE  # no checker in a browser has the packages of another
    shown = recorded(results) if block.is_python and not is_setup else None
    runnable = not is_setup and any(not interpreter.native for interpreter in results)
    stderr = ""
    if shown:
        stderr = shown.stderr + (shown.error.traceback if shown.error else "")
    label, facts, reason = (
        _LABELS.get(block.role, ""),
        tuple(_facts(block)),
        "" if runnable or is_setup else _reason(block, everywhere),
    )
    return BlockView(
        label=label,
        facts=facts,
        reason=reason,
        recorded=shown is not None,
        stdout=shown.stdout if shown else "",
        stderr=stderr,
        value=shown.value if shown else "",
        table=tuple(ending.parts(shown)),
        figure=ending.figure(block, shown, beside),
        failures=tuple(failure.message for failure in check(block, results)),
        verified="" if is_setup else _verified(block, results),
        runnable=runnable,
        live=runnable or (block.language == "python" and bool(results) and not is_setup and is_plain),
        whole=bool(everywhere) and results.keys() >= {where for where in everywhere if not where.home},
        data=_data(block, results, changed),
        head=not is_setup and bool(label or facts or reason or results or block.options.file),
    )


def recorded(results: Mapping[Interpreter, Result]) -> Result | None:
    """The result that readers are shown: the one of the interpreter that they run, if there is one."""
    ran = {interpreter.name: result for interpreter, result in results.items()}
    return ran.get(_offered(results)) or next(reversed(ran.values()), None)


def _offered(results: Mapping[Interpreter, Result]) -> str:
    """The version of Python that readers run unless they choose another; "" when no browser runs it."""
    versions = [interpreter.name for interpreter in results if not interpreter.native]
    return BROWSER if BROWSER in versions else next(reversed(versions), "")


def _facts(block: Block) -> Iterator[str]:
    """What readers have to know of a block beside its code."""
    if str(block.options.python):
        yield f"Python {block.options.python}"
    if block.options.exit:
        yield f"Exits with {block.options.exit}"
    if block.is_data and block.options.raises:
        yield f"Refused: {block.options.raises}"


def _reason(block: Block, everywhere: Collection[Interpreter]) -> str:
    """Why there is no Run button where one is looked for."""
    if block.skipped:
        return f"Not run: {block.skipped}"
    if not block.is_python:
        return ""
    if unfetched := sorted({name for where in everywhere for name in where.lacks_fetched(block.sources)}):
        return f"Not run in the browser: this build could not fetch {', '.join(unfetched)}."
    if block.environment != NATIVE:
        return f"Runs outside the browser only: it needs packages of the environment {block.environment}."
    if block.options.needs:
        return f"Runs outside the browser only: it needs {block.options.needs.reason}."
    return "Not verified on any Python that runs in a browser."


def _verified(block: Block, results: Mapping[Interpreter, Result]) -> str:
    if not results:
        return ""
    if block.is_data:
        return f"with {', '.join(data.checkers_of(block))}"
    return f"on CPython {', '.join(interpreter.label for interpreter in results)}"


def _data(block: Block, results: Mapping[Interpreter, Result], changed: Sequence[int]) -> dict[str, Any]:
    """What the page's script needs to run the block and to judge the run; every version prints the same."""
    shown = recorded(results)
    ran = {
        interpreter.name: result.error for interpreter, result in results.items() if not interpreter.native
    }
    return {
        "sources": [_source(snippet) for snippet in block.sources],
        "changed": list(changed),
        "version": _offered(results),
        "stdout": shown.stdout if shown else "",
        "errors": {name: str(error) if error else None for name, error in ran.items()},
        **ending.data(block, shown),
    }


def _source(source: Source) -> dict[str, Any]:
    options: dict[str, Any] = {"shows": source.shows, "continued": source.continued}
    if source.language == "file":
        options["file"] = source.file
    given = {name: value for name, value in options.items() if value}
    return {"language": source.language, "source": source.source, **given}
