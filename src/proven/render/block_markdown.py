"""A block as Markdown, with what is known of it: `block_markdown(block, results, ...) -> text`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from proven.model import Block, Interpreter, Result
from proven.render.block import recorded, view
from proven.render.escape import code, fenced, literal
from proven.render.versions import Row


def block_markdown(
    block: Block, results: Mapping[Interpreter, Result], markup: str, rows: Sequence[Row] = ()
) -> str:
    """The block, what it printed where the block does not show that itself, and where it was verified.

    Args:
        block: The block.
        results: What it did, per interpreter that ran it.
        markup: What its fence is made of, as it is written: three backticks or more, or tildes.
        rows: What it and the blocks before it did on each version, where that is to be compared.
    """
    shown = view(block, results)
    notes = [*_notes(block), *map(literal, shown.facts)]
    verified = shown.verified and f"{'Checked' if block.is_data else 'Verified'} {shown.verified}"
    after = [sentence for sentence in (shown.reason, verified) if sentence]
    parts = [
        _remark(notes),
        f"{markup}{block.language}\n{block.source}{markup}",
        *_outputs(block, recorded(results)),
        _figure(block),
        _table(rows),
        _remark(map(literal, after)),
    ]
    return "\n\n".join(part for part in parts if part)


def _notes(block: Block) -> Iterator[str]:
    if block.options.hidden:
        yield "Set-up, folded away on the page"
    if block.options.file:
        yield f"The file {code(block.options.file)}"
    if block.options.continues:
        what = (
            "the set-up that the page begins with"
            if block.options.continues == "setup"
            else "the block before it"
        )
        yield f"Continues {what}"


def _remark(sentences: Iterable[str]) -> str:
    """What is said about a block, so that it is not taken for the page's text."""
    said = " ".join(f"{sentence.rstrip('.')}." for sentence in sentences)
    return f"({said})" if said else ""


def _outputs(block: Block, result: Result | None) -> Iterator[str]:
    if result is None or not block.is_python:  # a console shows what it prints
        return
    noted = "".join(
        f"{printed.text}\n" for printed in sorted(result.prints, key=lambda printed: printed.line)
    )
    if block.language == "python" and result.text != noted:  # else its comments say the same, in this order
        yield f"Output:\n\n{fenced(result.text)}"
    if result.stderr:
        yield f"Standard error:\n\n{fenced(result.stderr)}"
    if result.error:
        yield f"It ends in this exception:\n\n{fenced(result.error.traceback or str(result.error))}"


def _figure(block: Block) -> str:
    return f"Figure: {literal(block.options.alt)}" if block.options.figure and not block.skipped else ""


def _table(rows: Sequence[Row]) -> str:
    if len(rows) < 2:
        return ""
    lines = ["What was seen on each version:", "", "| CPython | Output |", "| --- | --- |"]
    for interpreters, text in rows:
        names = [interpreter.label for interpreter in interpreters]
        cell = "<br>".join(code(line).replace("|", r"\|") for line in text.splitlines() if line.strip())
        lines.append(f"| {', '.join(names)} | {cell or 'Prints nothing'} |")
    return "\n".join(lines)
