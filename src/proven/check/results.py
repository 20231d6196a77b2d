"""What a block's results must show: pure functions of a block and its results."""

import re
from collections.abc import Iterator
from dataclasses import replace

from proven.check import console, data, outputs, sessions, shown
from proven.model import Block, Error, Failure, Finding, Interpreter, Result, Results

_missing = re.compile(r"ModuleNotFoundError: No module named '(\w+)[\w.]*'")

_ADVICE = """Where it is installed, say needs="{name}": the block then runs on native CPython only.
Where an environment of environments/ has it, say environment="...", on the block or its page.
Or add its package to packages.toml, for WebAssembly, and run: proven packages --update"""


def check(block: Block, results: Results) -> Iterator[Failure]:
    """Everything that is wrong with a block, the same on several interpreters said once."""
    if block.is_data and not any(result.crash for result in results.values()):
        yield from data.check(block, results.values())
        return
    failures: dict[Failure, list[Interpreter]] = {}
    for interpreter, result in results.items():
        for failure in _check_one(block, result):
            failures.setdefault(failure, []).append(interpreter)
    for failure, where in failures.items():
        on = "" if len(where) == len(results) > 1 or not block.is_python else f" on {_names(where)}"
        yield replace(failure, message=failure.message + on)
    if results and not failures:
        yield from _same_everywhere(block, results)
        yield from shown.check_same(block, results)


def check_fix(block: Block, finding: Finding, results: Results) -> Iterator[Failure]:
    """Whether the fix of what a rule of a tool finds does what it promises: silence the rule, and run."""
    name = f"the {finding.fix} fix of {finding.code}"
    if finding.left:
        remedy = "Show what it mends and what it leaves in blocks of their own."
        yield block.fail(finding.line, f"{name} does not silence it: {finding.left} left", remedy)
    for interpreter, result in results.items():
        wanted = block.options.raises
        if result.error and not (wanted and _expected(result.error, wanted)):
            remedy = f"The page has to say so, or show another block. Mended, it is:\n{finding.mended}"
            message = f"{name} gives a block that raises {result.error} on {interpreter.name}"
            yield block.fail(finding.line, message, remedy)
            return


def check_need(block: Block, results: Results) -> Iterator[Failure]:
    """Whether a block needs what it says that WebAssembly lacks.

    Args:
        block: The block.
        results: What it did where it says that it cannot run.
    """
    spare = [where for where, result in results.items() if not any(_check_one(block, result))]
    if not spare or block.options.needs is None:
        return
    reason = block.options.needs.reason
    remedy = "Remove it: the block runs there."
    if len(spare) < len(results):
        newest = [*results][-len(spare) :] == spare  # they come oldest first
        versions = f"<{spare[0].name}" if newest else ",".join(f"!={where.name}.*" for where in spare)
        remedy = f'Say where it is needed: needs="{reason} on {versions}".'
    message = f"needs={reason!r} is not needed on {_names(spare)}, where the block does what the page says"
    yield block.fail(None, message, remedy)


def _names(interpreters: list[Interpreter]) -> str:
    return ", ".join(interpreter.name for interpreter in interpreters)


def _check_one(block: Block, result: Result) -> Iterator[Failure]:
    if result.crash:
        yield block.fail(None, result.crash, "Mend the block: it has to end by itself, and quickly.")
        return
    if result.error and result.error.type == "OutputLimit":
        yield block.fail(result.error.line, f"{result.error.message}, and was stopped", "Print less.")
        return
    if block.language == "console":
        yield from console.check(block, result)
        return
    yield from _check_ending(block, result)
    if block.language == "python":
        lacking = [*shown.check(block, result)]
        yield from lacking or outputs.check(block, result, ended_as_said(block, result))


def _check_ending(block: Block, result: Result) -> Iterator[Failure]:
    error, wanted = result.error, block.options.raises
    if error is None and wanted is not None:
        yield block.fail(None, f"finished, but raises={wanted!r}", "Remove raises= or mend the block.")
    elif error is not None and wanted is None:
        remedy = f'If that is the point, say so: ```{block.language} raises="{_quotable(error)}"'
        if error.type == "SessionError":
            yield block.fail(error.line, *sessions.told(error.message))
        elif missing := _missing.fullmatch(str(error)):
            advice = _ADVICE.format(name=missing[1])
            yield block.fail(error.line, f"raised {error}", f"{advice}\n{remedy}")
        else:
            yield block.fail(error.line, f"raised {error}{_last_words(error, result)}", remedy)
    elif error is not None and wanted is not None and not _expected(error, wanted):
        remedy = f'Write raises="{_quotable(error)}" or mend the block.'
        yield block.fail(error.line, f"raised {error}, the page says {wanted}", remedy)


def ended_as_said(block: Block, result: Result) -> bool:
    """Whether a block came to the end that its page says, so that it has printed all that it prints."""
    wanted = block.options.raises
    return result.error is None or (wanted is not None and _expected(result.error, wanted))


def _last_words(error: Error, result: Result) -> str:
    """Why a program exits, as argparse writes it to stderr; empty where the exception says it itself."""
    *_, last = ["", *result.stderr.splitlines()]
    return f", having written {last!r}" if error.type == "SystemExit" and last else ""


def _quotable(error: Error) -> str:
    return str(error).splitlines()[0].replace('"', "'")


def _expected(error: Error, wanted: str) -> bool:
    """Whether an error is what `raises="Type: start of message"` says."""
    kind, _, message = wanted.partition(":")
    same = kind.strip() in (error.type, error.type.rpartition(".")[2])
    return same and error.message.startswith(message.strip())


def _same_everywhere(block: Block, results: Results) -> Iterator[Failure]:
    """Outputs stand under their statements; their order over the whole block must agree too."""
    first, *others = results
    for other in others:
        if results[other].stdout != results[first].stdout:
            yield block.fail(
                None,
                f"the output differs between {_names([first])} and {_names([other])}",
                "Outputs come in another order, or from elsewhere than print(): "
                "make the block deterministic, or limit it with python=.",
            )
            return
