"""What of a report is new: on lines that a change of a Git repository touches, or in no baseline."""

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from proven.scan.findings import Finding, Report
from proven.scan.hits import Stopped

type Lines = Mapping[str, frozenset[int]]
"""By whole path, the numbers of lines."""

STAGED = "staged"
"""In place of a commit: what is in the index, against the last commit."""

_HUNK = re.compile(rb"^@@ -\S+ \+(\d+)(?:,(\d+))? @@")


def changed(folder: Path, base: str = "HEAD") -> Lines:
    """The lines that are new.

    Args:
        folder: One of the repository.
        base: The commit that they are new against, or a branch: then where that parted from this one.
            `STAGED` for what is about to be committed.

    Raises:
        Stopped: There is no repository, or no such commit.
    """
    top = Path(_git(folder, "rev-parse", "--show-toplevel").decode(errors="surrogateescape").rstrip("\n"))
    against = ["--cached"] if base == STAGED else [_parting(top, base)]
    options = ("--unified=0", "--no-color", "--no-ext-diff", "--no-renames")
    prefixes = ("--src-prefix=a/", "--dst-prefix=b/")
    said = _git(top, "-c", "core.quotePath=false", "diff", *options, *prefixes, *against, "--")
    lines: dict[str, set[int]] = {}
    current: set[int] = set()
    for line in said.split(b"\n"):
        if line.startswith(b"+++ "):
            current = lines.setdefault(str(top / _name(line[4:])), set())
        elif match := _HUNK.match(line):
            start, count = int(match[1]), int(match[2] or 1)
            current.update(range(start, start + count))
    if base != STAGED:  # files that Git does not know yet are new as a whole
        for name in _git(top, "ls-files", "--others", "--exclude-standard", "-z").split(b"\0"):
            if name.endswith((b".py", b".pyi", b".ipynb")):
                file = top / name.decode(errors="surrogateescape")
                lines[str(file)] = set(range(1, file.read_bytes().count(b"\n") + 2))
    return {path: frozenset(numbers) for path, numbers in lines.items() if numbers}


def within(report: Report, lines: Lines) -> Report:
    """A report of what stands on some lines, or partly does."""

    def is_new(path: str, cell: int, first: int, last: int) -> bool:
        changed = lines.get(str(Path(path).resolve()), frozenset())
        return bool(changed) and report.sources[path].is_among(cell, first, last, changed)

    findings = [
        finding
        for finding in report.findings
        if is_new(finding.hit.path, finding.hit.cell, finding.hit.span[0], finding.hit.span[2])
    ]
    remarks = [
        remark for remark in report.remarks if is_new(remark.path, remark.cell, remark.line, remark.line)
    ]
    return replace(report, findings=tuple(findings), remarks=tuple(remarks))


def _parting(top: Path, base: str) -> str:
    if base == "HEAD":
        return base
    if base.startswith("-"):
        raise Stopped(f"{base!r} is no commit")
    return _git(top, "merge-base", base, "HEAD").decode().strip()


def _name(written: bytes) -> str:
    """A path as a diff has it; one with odd characters is quoted as in C."""
    text = written.rstrip(b"\t\r")
    if text.startswith(b'"'):
        text = text[1:-1].decode("utf-8", "surrogateescape").encode("latin-1", "backslashreplace")
        text = text.decode("unicode_escape").encode("latin-1", "surrogateescape")
    return text.removeprefix(b"b/").decode("utf-8", "surrogateescape")


def _git(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, check=False)
    except OSError as error:
        raise Stopped(f"git cannot be started: {error.strerror}") from None
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise Stopped(f"git {arguments[0]} cannot work: {said}")
    return done.stdout


type Entry = tuple[str, str, str]
"""The path from the baseline's folder, the rule, and the line of code: no number, which moves."""

_FORM = 1


def listed(file: Path) -> Counter[Entry]:
    """How often each finding is known.

    Raises:
        Stopped: It cannot be read.
    """
    try:
        data = json.loads(file.read_text("utf-8"))
        if data["form"] != _FORM:
            raise ValueError(f"form {data['form']}")
        listed = Counter[Entry]()
        for path, entries in data["findings"].items():
            for entry in entries:
                listed[path, entry["rule"], entry["code"]] += entry.get("count", 1)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Stopped(f"{file} is no baseline: {error}; write one with --write-baseline") from None
    return listed


def write(file: Path, report: Report) -> None:
    """Write a report's findings as a baseline, in an order that makes changes easy to review.

    Raises:
        Stopped: The file cannot be written.
    """
    findings: dict[str, list[dict[str, object]]] = {}
    entries = Counter(_entry(finding, file) for finding in report.findings)
    for (path, rule, code), count in sorted(entries.items()):
        entry: dict[str, object] = {"rule": rule, "code": code}
        findings.setdefault(path, []).append(entry | ({"count": count} if count > 1 else {}))
    text = json.dumps({"form": _FORM, "findings": findings}, indent=2, ensure_ascii=False) + "\n"
    try:
        staged = file.with_name(f"{file.name}.new")
        staged.write_text(text, "utf-8")
        staged.replace(file)
    except OSError as error:
        raise Stopped(f"{file} cannot be written: {error.strerror}") from None


def beyond(report: Report, file: Path) -> Report:
    """A report without what a baseline lists; what is found once more than it lists is left.

    Raises:
        Stopped: The baseline cannot be read.
    """
    left = listed(file)
    new = []
    for finding in report.findings:
        entry = _entry(finding, file)
        if left[entry] > 0:
            left[entry] -= 1
        else:
            new.append(finding)
    return replace(report, findings=tuple(new))


def _entry(finding: Finding, baseline: Path) -> Entry:
    path = Path(finding.hit.path).absolute()
    name = os.path.relpath(path, baseline.absolute().parent)
    return Path(name).as_posix(), finding.rule.code, finding.code.strip()
