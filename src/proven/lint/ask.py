"""What Ruff, mypy and Pyright say of blocks: `ask(project, requests, ...)`.

Every block goes into a file of its own; one process of each tool reads all those
of which nothing is known yet.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from zlib import crc32

from proven.lint import ast_grep, mypy, pyright, ruff, settings
from proven.lint.remembered import Kinds, Remembered
from proven.lint.request import Request
from proven.model import (
    FileFindings,
    Findings,
    Pattern,
)
from proven.project import Project, Show
from proven.toolchain.environments import provide

CHECKING = "Checking types, lint and format"


def ask(
    project: Project,
    requests: list[Request],
    codes: list[str],
    patterns: list[Pattern],
    progress: Show,
) -> Callable[[], dict[str, Findings]]:
    """Look up what the tools say of blocks.

    Args:
        project: Where the cache is.
        requests: The blocks, with what is asked of each.
        codes: Ruff's rules to apply besides the site's selection.
        patterns: The site's own detectors.
        progress: Told how many blocks are checked, of those of which something is not known.

    Returns:
        A function that asks the tools for what is not known, and gives all by
        block address. It raises Unavailable where a tool fails.
    """
    memories = _memories(project, requests, sorted({*settings.SELECTION, *codes}), patterns)
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
            request.block.address: _seen(request, [memory.answers.get(request, {}) for memory in memories])
            for request in requests
        }

    return finish


def _memories(
    project: Project, requests: list[Request], selected: list[str], patterns: list[Pattern]
) -> list[Remembered]:
    """What each tool has said before, and how it is asked; Pyright reads sites of rules."""
    rules = requests if project.settings.rules else []
    options = [*settings.RUFF_SETTINGS.items()]
    typed = [request for request in requests if request.typed]
    of_ruff = {
        request: ["ruff", options, selected, request.fixed, request.text, request.block.code]
        for request in rules
    }
    texts = [pattern.text for pattern in patterns]
    of_patterns = {request: ["ast-grep", texts, request.text] for request in rules if texts}
    return [
        Remembered(project, of_ruff, ("lint", "format"), partial(_ruff, selected)),
        Remembered(project, of_patterns, ("patterns",), partial(_ast_grep, patterns)),
        *(
            memory
            for name in sorted({request.block.environment for request in typed})
            for memory in _checkers(
                project, name, [request for request in typed if request.block.environment == name]
            )
        ),
    ]


def _checkers(project: Project, name: str, typed: list[Request]) -> Iterator[Remembered]:
    """What mypy and Pyright have said of the blocks of an environment, whose packages they see."""
    environment = project.environments.get(name)
    digest, python, folder = [], "", project.cache / "mypy"
    if environment:
        digest, python, folder = [environment.digest], str(environment.executable), folder / name
    typed = [request for request in typed if request.block.environment == name]
    provided = partial(provide, project, [name] if environment else [])
    options = [*settings.MYPY_OPTIONS, *(settings.PACKAGED if environment else ())]
    of_mypy = {request: ["mypy", options, request.text, *digest] for request in typed}
    ask_mypy = partial(_typed, "mypy", partial(mypy.check, memory=folder, python=python), provided)
    yield Remembered(project, of_mypy, ("mypy",), ask_mypy)
    of_pyright = {
        request: ["pyright", settings.PYRIGHT_SETTINGS, request.text, *digest]
        for request in typed
        if project.settings.rules
    }
    ask_pyright = partial(pyright.check, modules=project.modules, python=python)
    yield Remembered(project, of_pyright, ("pyright",), partial(_typed, "pyright", ask_pyright, provided))


def _seen(request: Request, said: list[Kinds]) -> Findings:
    before, last = request.text.count("\n") - request.block.code.count("\n"), len(request.block.numbers)

    def inside(line: int) -> int:
        """The line in the block's code; its end has no number of its own."""
        return min(line - before, max(last, 1))

    own = {
        kind: tuple(
            replace(finding, line=finding.line if kind == "format" else inside(finding.line))
            for finding in findings
            if kind == "format" or finding.line > before
        )
        for kinds in said
        for kind, findings in kinds.items()
    }
    return Findings(**own)


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


def _ruff(selected: list[str], requests: list[Request]) -> dict[Request, Kinds]:
    answers: dict[Request, Kinds] = {request: {"lint": [], "format": []} for request in requests}
    with _files(requests, lambda request: request.block.code) as (folder, by_file):
        for file, finding in ruff.ruff_format(folder):
            answers[by_file[file]]["format"].append(finding)
    with _files(requests) as (folder, by_file):
        for file, finding in list(ruff.ruff_check(folder, selected)):
            if finding.fix in ("safe", "unsafe") and finding.code in by_file[file].fixed:
                mended, left = ruff.ruff_fix(folder, file, finding.code)
                finding = replace(finding, mended=mended, left=left)
            answers[by_file[file]]["lint"].append(finding)
    return answers


def _ast_grep(patterns: list[Pattern], requests: list[Request]) -> dict[Request, Kinds]:
    answers: dict[Request, Kinds] = {request: {"patterns": []} for request in requests}
    with _files(requests) as (folder, by_file):
        for file, finding in ast_grep.check(folder, patterns):
            answers[by_file[file]]["patterns"].append(finding)
    return answers


def _typed(
    checker: str,
    check: Callable[[Path], FileFindings],
    provided: Callable[[], object],
    requests: list[Request],
) -> dict[Request, Kinds]:
    provided()
    answers: dict[Request, Kinds] = {request: {checker: []} for request in requests}
    with _files(requests) as (folder, by_file):
        for file, finding in check(folder):
            answers[by_file[file]][checker].append(finding)
    return answers
