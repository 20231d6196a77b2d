"""What Ruff, mypy and Pyright say of blocks: `look(project, requests, ...)`.

Every block goes into a file of its own; one process of each tool reads all those
of which nothing is known yet.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from zlib import crc32

from proven.lint import mypy, pyright, ruff, settings
from proven.model import Block, Finding, Findings, Seen
from proven.project import Project, Show, write

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
        return "".join(source.source for source in self.block.sources)


type _Kinds = dict[str, list[Finding]]
"""Findings of one block by kind: lint, format, mypy or pyright."""


def look(
    project: Project, requests: list[Request], codes: list[str], progress: Show
) -> Callable[[], dict[str, Seen]]:
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

    def finish() -> dict[str, Seen]:
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


def _memories(project: Project, requests: list[Request], selected: list[str]) -> "list[_Memory]":
    """What each tool has said before, and how it is asked; Pyright reads sites of rules."""
    typed = [request for request in requests if request.typed]
    of_ruff = {request: ["ruff", selected, request.fixed, request.text] for request in requests}
    of_mypy = {request: ["mypy", request.text] for request in typed}
    of_pyright = {request: ["pyright", request.text] for request in typed if project.settings.rules}
    return [
        _Memory(project, of_ruff, partial(_ruff, selected)),
        _Memory(project, of_mypy, partial(_typed, "mypy", mypy.MYPY.check, project.cache / "mypy")),
        _Memory(project, of_pyright, partial(_typed, "pyright", pyright.check, project.modules)),
    ]


def _seen(request: Request, said: list[_Kinds]) -> Seen:
    before = sum(source.source.count("\n") for source in request.block.before)
    own = {
        kind: tuple(replace(one, line=one.line - before) for one in findings if one.line > before)
        for kinds in said
        for kind, findings in kinds.items()
    }
    return Seen(**own)


class _Memory:
    """What one tool has said of blocks before.

    Args:
        project: Where it is kept.
        asked: The blocks, with all that the answer depends on.
        ask: Asks the tool.
    """

    def __init__(
        self,
        project: Project,
        asked: Mapping[Request, object],
        ask: Callable[[list[Request]], dict[Request, _Kinds]],
    ) -> None:
        self.ask = ask
        code = [Path(str(module)).read_text("utf-8") for module in (__file__, ruff.__file__)]
        self.found: dict[Request, _Kinds] = {}
        self.files: dict[Request, Path] = {}
        for request, parts in asked.items():
            key = hashlib.sha256(json.dumps([project.locks, project.local, code, parts]).encode()).hexdigest()
            self.files[request] = project.cache / "tools" / key[:2] / f"{key[2:]}.json"
            try:
                stored = json.loads(self.files[request].read_text("utf-8"))
                kinds = {kind: [Finding(**one) for one in ones] for kind, ones in stored.items()}
            except (OSError, ValueError, TypeError, AttributeError):
                continue
            self.found[request] = kinds
        self.missing = [request for request in asked if request not in self.found]

    def complete(self) -> None:
        """Ask the tool for what is not known, and keep it.

        Raises:
            Unavailable: The tool fails.
        """
        found = self.ask(self.missing) if self.missing else {}
        self.found.update(found)
        for request, kinds in found.items():
            stored = {kind: [asdict(one) for one in ones] for kind, ones in kinds.items()}
            write(self.files[request], json.dumps(stored))


@contextmanager
def _files(requests: list[Request]) -> Iterator[tuple[Path, dict[str, Request]]]:
    """A folder with a file for each block, and what each file is."""
    by_file = {f"block_{index:04}.py": request for index, request in enumerate(requests)}
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        for file, request in by_file.items():
            (Path(name) / file).write_text(request.text, "utf-8")
            # Of the same second and size, mypy would take it for what it has read before.
            os.utime(Path(name) / file, (crc32(request.text.encode()),) * 2)
        yield Path(name), by_file


def _ruff(selected: list[str], requests: list[Request]) -> dict[Request, _Kinds]:
    found: dict[Request, _Kinds] = {request: {"lint": [], "format": []} for request in requests}
    with _files(requests) as (folder, by_file):
        for file, finding in ruff.ruff_format(folder):
            found[by_file[file]]["format"].append(finding)
        for file, finding in list(ruff.ruff_check(folder, selected)):
            if finding.fix in ("safe", "unsafe") and finding.code in by_file[file].fixed:
                mended, left = ruff.ruff_fix(folder, file, finding.code)
                finding = replace(finding, mended=mended, left=left)
            found[by_file[file]]["lint"].append(finding)
    return found


def _typed(
    checker: str, check: Callable[[Path, Path], Findings], given: Path, requests: list[Request]
) -> dict[Request, _Kinds]:
    found: dict[Request, _Kinds] = {request: {checker: []} for request in requests}
    with _files(requests) as (folder, by_file):
        for file, finding in check(folder, given):
            found[by_file[file]][checker].append(finding)
    return found
