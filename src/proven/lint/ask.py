"""What Ruff, mypy and Pyright say of blocks: `look(project, requests, ...)`.

Every block goes into a file of its own; one process of each tool reads all those
of which nothing is known yet.
"""

import doctest
import hashlib
import json
import os
import platform
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from zlib import crc32

from proven.lint import mypy, pyright, ruff, settings
from proven.model import (
    SYNTAX_ERRORS,
    UNREADABLE,
    Block,
    FileFindings,
    Finding,
    Findings,
    Source,
    Unavailable,
)
from proven.project import Project, Show, Store

CHECKING = "Checking types, lint and format"


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of one block; Ruff reads every one."""

    block: Block
    typed: bool
    """Whether type checkers are to read it."""
    fixed: tuple[str, ...] = ()
    """The codes of Ruff's rules whose fixes are to be tried, each alone."""

    @property
    def text(self) -> str:
        """The file that the tools read: what the block continues from, then the block."""
        return "".join(map(_as_code, self.block.before)) + self.block.code


type _Kinds = dict[str, list[Finding]]
"""Findings of one block by kind: lint, format, mypy or pyright."""

type _Ask = Callable[[list[Request]], dict[Request, _Kinds]]

_FORM = 1
"""Raised when a tool is asked, or its answer is read, in another way: what is kept is of no use then."""


def ask(
    project: Project, requests: list[Request], codes: list[str], progress: Show
) -> Callable[[], dict[str, Findings]]:
    """Look up what the tools say of blocks.

    Args:
        project: Where the cache is.
        requests: The blocks, with what is asked of each.
        codes: Ruff's rules to apply besides the site's selection.
        progress: Told how many blocks are checked, of those of which something is not known.

    Returns:
        A function that asks the tools for what is not known, and gives all by
        block address. It raises Unavailable where a tool fails.
    """
    memories = _memories(project, requests, sorted({*settings.SELECTION, *codes}))
    missing = len({request for memory in memories for request in memory.missing})
    if missing:
        progress(CHECKING, 0, missing)

    def finish() -> dict[str, Findings]:
        with ThreadPoolExecutor() as beside:  # each tool is a process of its own
            for answer in [beside.submit(memory.complete) for memory in memories]:
                answer.result()
        if missing:
            progress(CHECKING, missing, missing)
        return {
            one.block.address: _seen(one, [memory.found.get(one, {}) for memory in memories])
            for one in requests
        }

    return finish


def _memories(project: Project, requests: list[Request], selected: list[str]) -> "list[_Remembered]":
    """What each tool has said before, and how it is asked; Pyright reads sites of rules."""
    rules = requests if project.settings.rules else []
    options = [*settings.RUFF_SETTINGS.items()]
    typed = [request for request in requests if request.typed]
    of_ruff = {
        request: ["ruff", options, selected, request.fixed, request.text, request.block.code]
        for request in rules
    }
    of_mypy = {request: ["mypy", settings.MYPY_OPTIONS, request.text] for request in typed}
    of_pyright = {
        request: ["pyright", settings.PYRIGHT_SETTINGS, request.text]
        for request in typed
        if request in of_ruff
    }
    check_types = partial(_typed, "mypy", mypy.MYPY.check, project.cache / "mypy")
    return [
        _Remembered(project, of_ruff, ("lint", "format"), partial(_ruff, selected)),
        _Remembered(project, of_mypy, ("mypy",), check_types),
        _Remembered(
            project, of_pyright, ("pyright",), partial(_typed, "pyright", pyright.check, project.modules)
        ),
    ]


def _seen(request: Request, said: list[_Kinds]) -> Findings:
    before, last = request.text.count("\n") - request.block.code.count("\n"), len(request.block.numbers)

    def inside(line: int) -> int:
        """The line in the block's code; its end has no number of its own."""
        return min(line - before, max(last, 1))

    own = {
        kind: tuple(
            replace(one, line=one.line if kind == "format" else inside(one.line))
            for one in findings
            if kind == "format" or one.line > before
        )
        for kinds in said
        for kind, findings in kinds.items()
    }
    return Findings(**own)


class _Remembered:
    """What one tool has said of blocks before.

    Args:
        project: Where it is kept.
        asked: The blocks, with all that the answer depends on.
        kinds: The kinds of its findings.
        ask: Asks the tool.
    """

    def __init__(
        self,
        project: Project,
        asked: Mapping[Request, object],
        kinds: tuple[str, ...],
        ask: _Ask,
    ) -> None:
        self.ask = ask
        self.kinds = kinds
        there = [_FORM, project.locks, project.local, platform.python_version()]
        self.found: dict[Request, _Kinds] = {}
        self.store = Store(project.cache / "tools")
        self.keys: dict[Request, str] = {}
        for request, parts in asked.items():
            self.keys[request] = hashlib.sha256(json.dumps([*there, parts]).encode()).hexdigest()
            try:
                stored = json.loads(self.store.get(self.keys[request]) or "")
                remembered = {kind: [Finding(**one) for one in ones] for kind, ones in stored.items()}
            except (ValueError, TypeError, AttributeError):
                continue
            self.found[request] = remembered
        self.missing = [request for request in asked if request not in self.found]

    def complete(self) -> None:
        """Ask the tool for what is not known, and keep it.

        Raises:
            Unavailable: The tool fails.
        """
        crashes: dict[Request, str] = {}
        found = self._isolated(self.missing, crashes) if self.missing else {}
        self.found.update(found)
        for request, complaint in crashes.items():  # they say nothing about the next time
            finding = Finding(request.text.count("\n"), UNREADABLE, complaint)
            self.found[request] = {kind: [finding] if kind == self.kinds[0] else [] for kind in self.kinds}
        for request, findings in found.items():
            stored = {kind: [asdict(one) for one in ones] for kind, ones in findings.items()}
            self.store.put(self.keys[request], json.dumps(stored))

    def _isolated(self, requests: list[Request], crashes: dict[Request, str]) -> dict[Request, _Kinds]:
        """What the tool says of blocks, those left out that it does not survive.

        Raises:
            Unavailable: It does not survive anything.
        """
        try:
            return self.ask(requests)
        except Unavailable as problem:
            if not crashes:
                plain = replace(requests[0].block, code="x = 1\n", before=())
                self.ask([Request(plain, requests[0].typed)])
            if len(requests) == 1:
                said = [line for line in str(problem).split("\n") if line.strip()]
                crashes[requests[0]] = ": ".join([said[0], *said[1:2]])
                return {}
        middle = len(requests) // 2
        first = self._isolated(requests[:middle], crashes)
        return first | self._isolated(requests[middle:], crashes)


def _as_code(source: Source) -> str:
    """What a tool reads of what a block continues from: the statements of a session, on their lines."""
    if source.language != "pycon":
        return source.source
    lines = [""] * source.source.count("\n")
    try:
        examples = doctest.DocTestParser().get_examples(source.source)
    except ValueError:  # its own run says what is wrong with it
        examples = []
    for example in examples:
        if not (example.exc_msg or "").startswith(SYNTAX_ERRORS):
            own = example.source.rstrip("\n").split("\n")
            lines[example.lineno : example.lineno + len(own)] = own
    return "".join(f"{line}\n" for line in lines)


@contextmanager
def _files(
    requests: list[Request], text: Callable[[Request], str] = lambda request: request.text
) -> Iterator[tuple[Path, dict[str, Request]]]:
    """A folder with a file for each block, and what each file is."""
    by_file = {f"block_{index:04}.py": request for index, request in enumerate(requests)}
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        for file, request in by_file.items():
            (Path(name) / file).write_text(text(request), "utf-8", newline="\n")
            # Of the same second and size, mypy would take it for what it has read before.
            os.utime(Path(name) / file, (crc32(request.text.encode()),) * 2)
        yield Path(name), by_file


def _ruff(selected: list[str], requests: list[Request]) -> dict[Request, _Kinds]:
    found: dict[Request, _Kinds] = {request: {"lint": [], "format": []} for request in requests}
    with _files(requests, lambda request: request.block.code) as (folder, by_file):
        for file, finding in ruff.ruff_format(folder):
            found[by_file[file]]["format"].append(finding)
    with _files(requests) as (folder, by_file):
        for file, finding in list(ruff.ruff_check(folder, selected)):
            if finding.fix in ("safe", "unsafe") and finding.code in by_file[file].fixed:
                mended, left = ruff.ruff_fix(folder, file, finding.code)
                finding = replace(finding, mended=mended, left=left)
            found[by_file[file]]["lint"].append(finding)
    return found


def _typed(
    checker: str, check: Callable[[Path, Path], FileFindings], given: Path, requests: list[Request]
) -> dict[Request, _Kinds]:
    found: dict[Request, _Kinds] = {request: {checker: []} for request in requests}
    with _files(requests) as (folder, by_file):
        for file, finding in check(folder, given):
            found[by_file[file]][checker].append(finding)
    return found
