"""A real page with one block cut off or changed anywhere: what can be read of it is read, without a crash."""

from collections.abc import Iterator
from functools import cache

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from proven.check import lint, marks, results
from proven.collect.blocks import readable
from proven.lint import ask
from proven.lint.request import Request
from proven.lint.rules import detectors
from proven.model import Block, Error, Failures, Findings, Interpreter, Result

from .workspace import ROOT

NATIVE = Interpreter("native", "3.14.0", "native")
ODD = "\0\x02\x0b\x0c\x1c\x85\u2028\ufeff\t\n`~\"'([{\\#>é😀"
RESULTS = [
    Result(),
    Result(error=Error("SyntaxError", "invalid syntax", 1, "")),
    Result(crash="still running"),
]

everyday = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@cache
def pages() -> list[tuple[str, str, tuple[Block, ...]]]:
    """The pages of this site with blocks, by path and text."""
    files = sorted((ROOT / "docs").rglob("*.md"))
    read = [(file.relative_to(ROOT).as_posix(), file.read_text("utf-8")) for file in files]
    return [(path, text, blocks) for path, text in read if (blocks := readable(path, text).blocks)]


def judged(path: str, text: str) -> Iterator[tuple[str, int]]:
    """The places of all that is said of a page, whatever its blocks do."""
    try:
        page = readable(path, text)
    except Failures as wrong:
        yield from ((failure.path, failure.line) for failure in wrong.failures)
        return
    seen = {block.address: Findings() for block in page.blocks}
    assert detectors(page) is not None
    for failure in lint.check([page], seen):
        yield failure.path, failure.line
    for block in page.blocks:
        assert Request(block, typed=True).text.endswith(block.code)
        assert ask._seen(Request(block, typed=True), []) == Findings()
        assert isinstance(marks.marked(block), bool)
        NATIVE.imports(block.sources)
        for result in RESULTS:
            yield from ((failure.path, failure.line) for failure in results.check(block, {NATIVE: result}))


@everyday
@given(st.data())
def test_a_change_is_judged_at_its_page(data: st.DataObject) -> None:
    """With a block cut off, or a character more, all that is said is said of a line of the page."""
    path, text, blocks = data.draw(st.sampled_from(pages()))
    block = data.draw(st.sampled_from(blocks))
    start = text.index(block.source.split("\n")[0], _offset(text, block.line))
    at = start + data.draw(st.integers(0, len(block.source) - 1))
    rest = text[start + len(block.source) :] if data.draw(st.booleans()) else text[at:]
    changed = text[:at] + data.draw(st.text(ODD, max_size=3)) + rest
    last = changed.count("\n") + 2
    assert all(name == path and 1 <= line <= last for name, line in judged(path, changed))


def _offset(text: str, line: int) -> int:
    """Where the line after a line begins."""
    return len("\n".join(text.split("\n")[:line])) + 1
