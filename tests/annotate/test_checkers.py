"""Reports of type checkers, and of Ruff line by line."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruff import find_ruff_bin

from .conftest import Annotate
from .reports import finding

MYPY: dict[str, Any] = {
    "file": "/project/a.py",
    "line": 3,
    "column": 4,
    "end_line": 3,
    "end_column": 9,
    "message": "Do not",
    "hint": None,
    "code": "arg-type",
    "severity": "error",
}
PYRIGHT: dict[str, Any] = {
    "file": "/project/a.py",
    "severity": "warning",
    "message": "Do not",
    "range": {"start": {"line": 2, "character": 4}, "end": {"line": 2, "character": 9}},
    "rule": "reportUnusedExcept",
}


def lines(*entries: dict[str, Any]) -> bytes:
    """JSON, one object a line."""
    return "".join(f"{json.dumps(entry)}\n" for entry in entries).encode()


@pytest.mark.parametrize("count", [1, 2])
def test_ruff_line_by_line(count: int, annotate: Annotate) -> None:
    """`--output-format json-lines` is read as `json` is, one finding too."""
    findings = [finding(location={"row": row, "column": 1}) for row in range(1, count + 1)]
    assert annotate(lines(*findings)).out == annotate(findings).out
    assert "PX901" in annotate(lines(*findings)).out


def test_ruff_itself(tmp_path: Path, annotate: Annotate) -> None:
    """What Ruff prints in both forms gives the same."""
    file = tmp_path / "a.py"
    file.write_text("def f(x=[]):\n    pass\n\n\ndef g(x={}):\n    pass\n", "utf-8")
    command = [find_ruff_bin(), "check", "--isolated", "--no-cache", "--select=B006", str(file)]
    said = [
        subprocess.run([*command, f"--output-format={form}"], capture_output=True, check=False).stdout
        for form in ("json", "json-lines")
    ]
    first, second = (annotate(report, "--format", "rdjsonl").out for report in said)
    assert first == second
    assert first.count('"value": "PX901"') == 2


def test_mypy(annotate: Annotate) -> None:
    """`--output json` has columns from 0, and -1 for what is not known."""
    unknown = {
        **MYPY,
        "line": 7,
        "column": -1,
        "end_line": -1,
        "end_column": -1,
        "severity": "note",
        "code": None,
    }
    first, second = annotate(lines(MYPY, unknown), "--format", "github").out.splitlines()
    assert first.startswith("::error file=a.py,line=3,endLine=3,col=5,endColumn=10,title=mypy (arg-type)::")
    assert second.startswith("::notice file=a.py,line=7,title=mypy (note)::")
    assert annotate(lines(MYPY)).out == "a.py:3:5: arg-type Do not\n"


def test_pyright(annotate: Annotate) -> None:
    """`--outputjson` has lines and columns from 0."""
    report = {"version": "1", "generalDiagnostics": [PYRIGHT, {**PYRIGHT, "severity": "information"}]}
    first, second = annotate(report, "--format", "github").out.splitlines()
    assert first.startswith(
        "::warning file=a.py,line=3,endLine=3,col=5,endColumn=10,title=pyright (reportUnusedExcept)::"
    )
    assert second.startswith("::notice ")


@pytest.mark.parametrize(
    ("report", "wrong"),
    [
        (lines(MYPY, {**MYPY, "line": "3"}), "[1].line is not a whole number"),
        (lines(MYPY, {**MYPY, "message": None}), "[1].message is missing"),
        (lines(MYPY) + b"{", "the report is not JSON"),
        (
            {"generalDiagnostics": [{**PYRIGHT, "range": {"start": {}}}]},
            "generalDiagnostics[0].range.start.line is missing",
        ),
        (b"3", "the report is not an object"),
    ],
)
def test_malformed(report: Any, wrong: str, annotate: Annotate) -> None:
    """What is malformed is named by its place, and nothing is printed."""
    said = annotate(report)
    assert (said.status, said.out) == (2, "")
    assert wrong in said.err
