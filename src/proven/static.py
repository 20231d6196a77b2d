"""What Ruff and mypy say of blocks: `check(project, pages) -> failures`.

Every block goes into a file of its own; one process of each tool reads them all.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ruff import find_ruff_bin

from proven.detectors import ruff_rules
from proven.model import Block, Failure, Page
from proven.outputs import LINE_LENGTH
from proven.project import BROWSER, Project, Unavailable
from proven.toolchain import step

SELECTION = ("ASYNC", "B", "C4", "E", "F", "I", "PERF", "RUF", "SIM", "UP", "W")
"""The Ruff rules that Prefer is clean under; one that fires on Avoid has to be declared."""

_SELECTED = re.compile(rf"({'|'.join(SELECTION)})\d+")
_ERROR = re.compile(r"# error: \[([\w-]+(?:, ?[\w-]+)*)\]\s*$")
_REVEALED = re.compile(r"# revealed: (.+?)\s*$")
_REVEALED_NOTE = re.compile(r'Revealed type is "(.*)"')


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tool says of one line of a block's code."""

    line: int
    code: str
    message: str


type Findings = Mapping[str, list[Finding]]
"""Findings by block address."""


def check(project: Project, pages: list[Page]) -> list[Failure]:
    """Hold the blocks of pages against formatter, linter and type checker.

    Args:
        project: Where the cache is.
        pages: The pages.

    Returns:
        What is wrong, in no particular order.
    """
    blocks = [block for page in pages for block in page.blocks if _is_checked(block)]
    declared = {one["ruff"] for page in pages for one in page.meta.get("detectors", [])} & set(ruff_rules())
    typed = [block for block in blocks if block.role == "prefer" or _marked(block)]
    found = _cached(project, blocks, typed, sorted(ruff_rules()[name].code for name in declared))
    failures: list[Failure] = []
    for page in pages:
        mine = [block for block in page.blocks if _is_checked(block)]
        failures += _lint(page, mine, found["lint"])
        for block in mine:
            failures += _format(block, found["format"])
            failures += _types(block, found["types"].get(block.address, [])) if block in typed else ()
    return failures


def _is_checked(block: Block) -> bool:
    """Whether a tool can read the block: it is Python, and not there for its syntax error."""
    return (
        block.language == "python"
        and not (block.options.raises or "").startswith("SyntaxError")
        and not block.options.skip
    )


def _marked(block: Block) -> bool:
    return any(_ERROR.search(line) or _REVEALED.search(line) for line in block.code.splitlines())


def _lint(page: Page, blocks: list[Block], found: Findings) -> Iterator[Failure]:
    """Prefer is clean; on Avoid only what the page declares fires, and each of that does."""
    names = [one["ruff"] for one in page.meta.get("detectors", []) if one["ruff"] in ruff_rules()]
    rules = {ruff_rules()[name].code: name for name in names}
    for block in blocks:
        allowed = rules if block.role == "avoid" else {}
        remedy = "Mend the block, or declare the rule." if block.role == "avoid" else "Mend the block."
        for finding in found.get(block.address, []) if block.role != "other" else ():
            if finding.code not in allowed and (finding.code in rules or _SELECTED.fullmatch(finding.code)):
                yield block.fail(finding.line, f"Ruff: {finding.message} ({finding.code})", remedy)
    avoid = [block for block in blocks if block.role == "avoid"]
    fired = {finding.code for block in avoid for finding in found.get(block.address, [])}
    for code, name in rules.items():
        if avoid and code not in fired:
            remedy = "Show what it finds, or remove it from `detectors`."
            message = f"the declared detector {name} ({code}) finds nothing under Avoid"
            yield avoid[0].fail(None, message, remedy)


def _format(block: Block, found: Findings) -> Iterator[Failure]:
    if block.role == "other":
        return
    for finding in found.get(block.address, [])[:1]:
        remedy = f"ruff format --line-length {LINE_LENGTH} writes:\n{finding.message}"
        yield block.fail(finding.line, "not formatted", remedy)


def _types(block: Block, findings: list[Finding]) -> Iterator[Failure]:
    """mypy says exactly what the marks say."""
    lines = block.code.splitlines()
    for number, line in enumerate(lines, 1):
        here = [finding for finding in findings if finding.line == number]
        match = _ERROR.search(line)
        marked = sorted(re.split(", ?", match[1])) if match else []
        errors = [finding for finding in here if finding.code != "note"]
        for finding in errors:
            if finding.code not in marked:
                remedy = f"Mend the block, or mark the line: # error: [{finding.code}]"
                yield block.fail(number, f"mypy: {finding.message} [{finding.code}]", remedy)
        for code in marked:
            if code not in {finding.code for finding in errors}:
                yield block.fail(number, f"mypy does not report [{code}] here", "Remove the mark.")
        yield from _revealed(block, number, line, here)


def _revealed(block: Block, number: int, line: str, findings: list[Finding]) -> Iterator[Failure]:
    match = _REVEALED.search(line)
    notes = [found[1] for finding in findings if (found := _REVEALED_NOTE.search(finding.message))]
    types = [re.sub(r"\b(builtins|typing)\.", "", note) for note in notes]
    if match and match[1] not in types:
        remedy = "Write what mypy reveals." if types else "Put the mark on a line with reveal_type()."
        message = f"mypy reveals {', '.join(types) or 'nothing'}, the page says {match[1]}"
        yield block.fail(number, message, remedy)


def _cached(
    project: Project, blocks: list[Block], typed: list[Block], codes: list[str]
) -> dict[str, Findings]:
    """Findings of all tools, from the cache when no block and no tool has changed."""
    asked = [(block.address, [source.source for source in block.sources], block in typed) for block in blocks]
    content = (project.locks, codes, SELECTION, Path(__file__).read_text("utf-8"), asked)
    key = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:32]
    file = project.cache / "static" / f"{key}.json"
    try:
        stored = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError):
        with step("Checking types, lint and format"):
            stored = _run(project, blocks, typed, codes)
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = file.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(stored), "utf-8")
        temporary.replace(file)
    return {
        tool: {address: [Finding(*one) for one in found] for address, found in by_address.items()}
        for tool, by_address in stored.items()
    }


type Raw = dict[str, dict[str, list[tuple[int, str, str]]]]


def _run(project: Project, blocks: list[Block], typed: list[Block], codes: list[str]) -> Raw:
    with tempfile.TemporaryDirectory(prefix="proven-") as name:
        folder = Path(name)
        by_file = {f"block_{index:04}.py": block for index, block in enumerate(blocks)}
        for file, block in by_file.items():
            (folder / file).write_text("".join(source.source for source in block.sources), "utf-8")
        readable = [file for file, block in by_file.items() if block in typed]
        return {
            "lint": _gather(by_file, _ruff_check(folder, codes)),
            "format": _gather(by_file, _ruff_format(folder)),
            "types": _gather(by_file, _mypy(project, folder, readable)),
        }


type Lines = Iterator[tuple[str, int, str, str]]


def _gather(by_file: Mapping[str, Block], found: Lines) -> dict[str, list[tuple[int, str, str]]]:
    """Findings by block, with lines of its own code; what it continues from is left out."""
    gathered: dict[str, list[tuple[int, str, str]]] = {}
    for file, line, code, message in found:
        block = by_file[file]
        before = sum(source.source.count("\n") for source in block.before)
        if line > before:
            gathered.setdefault(block.address, []).append((line - before, code, message))
    return gathered


def _output(command: list[str], folder: Path) -> str:
    """What a tool prints; it exits with 1 when it has found something.

    Raises:
        Unavailable: The tool itself failed.
    """
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode > 1:
        raise Unavailable(f"{Path(command[0]).name} failed\n{done.stdout}{done.stderr}")
    return done.stdout


def _ruff_check(folder: Path, codes: list[str]) -> Lines:
    select = ",".join((*SELECTION, *codes))
    options = ("--isolated", "--no-cache", "--target-version=py311", f"--line-length={LINE_LENGTH}")
    command = [find_ruff_bin(), "check", *options, f"--select={select}", "--output-format=json", "."]
    for one in json.loads(_output(command, folder)):
        yield Path(one["filename"]).name, one["location"]["row"], one["code"], one["message"]


def _ruff_format(folder: Path) -> Lines:
    """One finding a file: where the formatter first differs, and what it writes there."""
    options = ("--isolated", "--no-cache", f"--line-length={LINE_LENGTH}")
    text = _output([find_ruff_bin(), "format", *options, "--diff", "."], folder)
    for part in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        start = re.search(r"^@@ -(\d+)", part, flags=re.MULTILINE)
        body = part.split("\n", 3)[-1].rstrip()
        yield Path(part.split("\n", 1)[0].split("\t")[0]).name, int(start[1]) if start else 1, "format", body


def _mypy(project: Project, folder: Path, files: list[str]) -> Lines:
    if not files:
        return
    options = (
        "--strict",
        f"--python-version={BROWSER}",
        "--output=json",
        "--config-file=",
        "--no-error-summary",
    )
    cache = f"--cache-dir={project.cache / 'mypy'}"
    for line in _output([sys.executable, "-m", "mypy", *options, cache, *files], folder).splitlines():
        one = json.loads(line)
        yield one["file"], one["line"], one["code"] if one["severity"] == "error" else "note", one["message"]
