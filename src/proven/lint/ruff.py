"""Ruff on the files of a folder: findings, fixes, format."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from ruff import find_ruff_bin

from proven.lint.settings import RUFF_SETTINGS
from proven.model import UNREADABLE, FileFindings, Finding, Unavailable

_RUFF = ("--isolated", "--no-cache", *(f"--{name}={value}" for name, value in RUFF_SETTINGS.items()))

_LATER = re.compile(r"\(syntax was (added|changed) in Python [\d.]+\)")
"""What Ruff says of syntax that it can read: the interpreters decide what a block may take."""

_UNPARSED = re.compile(r"^error: Failed to parse (.+?):(\d+):\d+: (.*)$", re.MULTILINE)


def ruff_check(folder: Path, codes: list[str]) -> FileFindings:
    """What rules of Ruff find in the files of a folder.

    Raises:
        Unavailable: Ruff fails.
    """
    options = (*_RUFF, f"--select={','.join(codes)}", "--output-format=json")
    for diagnostic in json.loads(_output([find_ruff_bin(), "check", *options, "."], folder)):
        fix = diagnostic["fix"]["applicability"] if diagnostic["fix"] else ""
        code = UNREADABLE if diagnostic["code"] in (None, "invalid-syntax") else diagnostic["code"]
        if code != UNREADABLE or not _LATER.search(diagnostic["message"]):
            yield (
                Path(diagnostic["filename"]).name,
                Finding(diagnostic["location"]["row"], code, diagnostic["message"], fix),
            )


def ruff_fix(folder: Path, file: str, code: str) -> tuple[str, int]:
    """A file of a folder as a rule of Ruff mends it, and how much the rule still finds then.

    Raises:
        Unavailable: Ruff fails.
    """
    copy = folder / "mended"
    copy.mkdir(exist_ok=True)
    shutil.copy(folder / file, copy)
    options = (*_RUFF, f"--select={code}", "--fix", "--unsafe-fixes", "--output-format=json")
    left = json.loads(_output([find_ruff_bin(), "check", *options, file], copy))
    return (copy / file).read_text("utf-8"), len(left)


def ruff_format(folder: Path) -> FileFindings:
    """One finding a file: where the formatter first differs, and what it writes there; or that it cannot.

    Raises:
        Unavailable: Ruff fails.
    """
    done = _run([find_ruff_bin(), "format", *_RUFF, "--diff", "."], folder)
    unparsed = _UNPARSED.findall(done.stderr)
    if not unparsed:
        _said(done)
    for name, line, message in unparsed:
        yield Path(name).name, Finding(int(line), UNREADABLE, message)
    text = done.stdout
    for part in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        start = re.search(r"^@@ -(\d+)", part, flags=re.MULTILINE)
        body = part.split("\n", 3)[-1].rstrip()
        name = Path(part.split("\n", 1)[0].split("\t")[0]).name
        yield name, Finding(int(start[1]) if start else 1, "format", body)


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a tool in a folder."""
    return subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
    )


def _said(done: subprocess.CompletedProcess[str]) -> str:
    """What a tool has printed.

    Raises:
        Unavailable: The tool itself failed.
    """
    if done.returncode not in (0, 1) or (done.returncode and not done.stdout):
        raise Unavailable(f"{Path(done.args[0]).name} failed\n{done.stdout}{done.stderr}")
    return done.stdout


def _output(command: list[str], folder: Path) -> str:
    """What a tool prints when it is run in a folder.

    Raises:
        Unavailable: The tool itself failed.
    """
    return _said(_run(command, folder))
