"""Hold what mypy and Pyright say of a block against its marks: `judge(block, seen) -> failures`.

A mark stands at a line's end. `# error: [code]` is an error that both report there, by the
code of mypy; `# mypy error: [code]` and `# pyright error: [rule]` are errors that the other
does not report. So it is with `# revealed: type`, for what reveal_type() shows.
"""

import re
from collections.abc import Iterator

from proven.model import Block, Checker, Failure, Finding, Findings, Judged

_ERROR = re.compile(r"# (?:(mypy|pyright) )?error: \[([\w-]+(?:, ?[\w-]+)*)\]\s*$")
_REVEALED = re.compile(r"# (?:(mypy|pyright) )?revealed: (.+?)\s*$")
_NOTE = re.compile(r'(?:Revealed type|Type of ".*") is "(.*)"')


def marked(block: Block) -> bool:
    """Whether a block says what type checkers report."""
    return any(_ERROR.search(line) or _REVEALED.search(line) for line in block.code.split("\n"))


def errors(checker: Checker, line: str) -> list[str]:
    """The codes that a checker has to report there, as the line itself says.

    A mark for both has the codes of mypy.
    """
    match = _ERROR.search(line)
    return sorted(re.split(", ?", match[2])) if match and (match[1] or "mypy") == checker else []


def judge(block: Block, seen: Findings) -> Iterator[Judged]:
    """Where checkers and marks disagree. A stale mark cannot be waived.

    Where mypy disagrees already, nothing is said of Pyright.
    """
    for number, line in enumerate(block.code.split("\n"), 1):
        said = [finding for finding in seen.mypy if finding.line == number]
        of_mypy = [
            *_errors(block, number, "mypy", said, errors("mypy", line)),
            *(("", failure) for failure in _revealed(block, number, line, "mypy", said)),
        ]
        yield from of_mypy
        if seen.pyright is not None and not of_mypy:
            also = any(finding.code != "note" for finding in said)
            pyright = [finding for finding in seen.pyright if finding.line == number]
            yield from _of_pyright(block, number, line, pyright, also)


def _of_pyright(block: Block, number: int, line: str, said: list[Finding], also: bool) -> Iterator[Judged]:
    """What is wrong with what Pyright says of a line; `also` says whether mypy reports an error."""
    match = _ERROR.search(line)
    if not match or match[1]:
        yield from _errors(block, number, "pyright", said, errors("pyright", line), also)
    elif not any(finding.code != "note" for finding in said):
        yield "", block.fail(number, "pyright reports no error here", f"Say so: # mypy error: [{match[2]}]")
    yield from (("", failure) for failure in _revealed(block, number, line, "pyright", said))


def _errors(
    block: Block, number: int, checker: Checker, said: list[Finding], wanted: list[str], also: bool = True
) -> Iterator[Judged]:
    messages = {finding.code: finding.message for finding in said if finding.code != "note"}
    for code, message in messages.items():
        if code not in wanted:
            mark = "# error: [the code of mypy]" if also else f"# pyright error: [{code}]"
            mark = f"# error: [{code}]" if checker == "mypy" else mark
            remedy = f"Mend the block, or mark the line: {mark}"
            yield code, block.fail(number, f"{checker}: {message} [{code}]", remedy)
    for code in wanted:
        if code not in messages:
            yield "", block.fail(number, f"{checker} does not report [{code}] here", "Remove the mark.")


def _revealed(
    block: Block, number: int, line: str, checker: Checker, said: list[Finding]
) -> Iterator[Failure]:
    match = _REVEALED.search(line)
    if not match or (match[1] or checker) != checker:
        return
    if checker == "pyright" and not match[1] and match[2].startswith("def ("):
        return  # a function's type, which Pyright writes in another way
    notes = [
        stated[1] for finding in said if finding.code == "note" and (stated := _NOTE.search(finding.message))
    ]
    types = [re.sub(r"\b(builtins|typing)\.", "", note) for note in notes]
    if match[2] not in types:
        remedy = f"Write what {checker} reveals." if types else "Put the mark on a line with reveal_type()."
        if checker == "pyright" and types and not match[1]:
            remedy = "Say so, on a line for each: # mypy revealed: ..., # pyright revealed: ..."
        message = f"{checker} reveals {', '.join(types) or 'nothing'}, the page says {match[2]}"
        yield block.fail(number, message, remedy)
