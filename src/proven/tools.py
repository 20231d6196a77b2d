"""Run Ruff and mypy over blocks: `findings(project, blocks, typed, codes)`.

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

from proven.model import Block
from proven.outputs import LINE_LENGTH
from proven.project import BROWSER, Project, Unavailable
from proven.toolchain import step

SELECTION = ("ASYNC", "B", "C4", "E", "F", "I", "PERF", "RUF", "SIM", "UP", "W")
"""The Ruff rules that Prefer is clean under; one that fires on Avoid has to be declared."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a tool says of one line of a block's code."""

    line: int
    code: str
    message: str


type Findings = Mapping[str, list[Finding]]
"""Findings by block address."""


def findings(
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
