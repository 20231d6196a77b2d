"""What is taken for a report, and what is refused.

- What is malformed is refused by its place, in one line, and nothing is printed
"""

from typing import Any

import pytest

from .conftest import Annotate
from .reports import finding, located, result
from .served import FORMATS


@pytest.mark.parametrize(
    "members", [{}, {"code": None}, {"name": None}, {"code": "mutable-argument-default"}]
)
def test_code_or_name(members: dict[str, Any], annotate: Annotate) -> None:
    """A finding is known by its code, by its name, and by a name where the code was."""
    (line,) = annotate([finding(**members)], "--format", "github").out.splitlines()
    assert "PX901" in line
    assert "PX902" in line


@pytest.mark.parametrize(
    "members",
    [
        {"ruleId": "mutable-argument-default"},
        {"ruleId": "X1", "rules": [{"id": "X1", "name": "mutable-argument-default"}]},
        {"ruleId": "X1", "rules": [{"id": "X1", "properties": {"name": "mutable-argument-default"}}]},
        {"ruleId": None, "ruleIndex": 0, "rules": [{"id": "B006"}]},
        {"tool": "Ruff"},
    ],
)
def test_rule_of_sarif(members: dict[str, Any], annotate: Annotate) -> None:
    """A result's rule is known by its id, its name or its place among the rules, and tools in any case."""
    assert "PX901" in annotate(result(**members)).out


@pytest.mark.parametrize(
    ("root", "path", "told"),
    [
        ("/project", "/project/src/a b%.py", "src/a b%.py"),
        ("/project", "/projects/a.py", "/projects/a.py"),
        ("/project/", "src/a.py", "src/a.py"),
        ("C:\\Work", "c:\\work\\src\\a b.py", "src/a b.py"),
        ("C:\\Work", "D:\\work\\a.py", "D:/work/a.py"),
        ("\\\\host\\share", "\\\\host\\share\\a.py", "a.py"),
        ("/project", "-", "-"),
    ],
)
def test_paths(root: str, path: str, told: str, annotate: Annotate) -> None:
    """A path below the root is told from there, with slashes, on Windows too; any other stays."""
    (issue,) = annotate([finding(filename=path)], "--format", "gitlab", "--root", root).json
    assert issue["location"]["path"] == told


@pytest.mark.parametrize(
    ("uri", "path", "written"),
    [
        ("file:///project/a%20b.py", "a b.py", "a%20b.py"),
        ("file://localhost/project/%C3%A9.py", "é.py", "%C3%A9.py"),
        ("file:/project/a.py", "a.py", "a.py"),
        ("file:///other/a%20b.py", "/other/a b.py", "file:///other/a%20b.py"),
        ("file:///C:/x/a.py", "C:/x/a.py", "file:///C:/x/a.py"),
        ("a%20b.py", "a b.py", "a%20b.py"),
    ],
)
def test_addresses_of_files(uri: str, path: str, written: str, annotate: Annotate) -> None:
    """A file's address in SARIF is a path elsewhere; below the root it is relative in SARIF too."""
    report = result(locations=located(uri))
    (issue,) = annotate(report, "--format", "gitlab").json
    assert issue["location"]["path"] == path
    (entry,) = annotate(report, "--format", "sarif").json["runs"][0]["results"]
    assert entry["locations"] == located(written)


@pytest.mark.parametrize("report", [b"[]", b'{"version": "2.1.0", "runs": []}', "[]".encode("utf-16")])
def test_nothing_found(report: bytes, annotate: Annotate) -> None:
    """A report without findings is one; a shell of Windows may have written it."""
    said = [annotate(report, "--format", form) for form in FORMATS]
    assert [done.status for done in said] == [0] * len(FORMATS)
    assert [done.out for done in said[:5]] == ["", "No findings.\n", "", "[]\n", ""]


WRONG = {
    b" \n": "the report is empty",
    b"All checks passed!": "not JSON, Expecting value: line 1 column 1",
    b"\xff{}": "not JSON, ",
    b'[{"a": NaN}]': "not JSON, ",
    b"[" * 100_000: "recursion",
    b"7": "the report is not an object",
    b'{"diagnostics": []}': 'neither a list nor an object with "version": "2.1.0" and "runs"',
    b'{"version": "2.0.0", "runs": []}': "neither a list nor",
    b"[7]": "[0] is not an object",
    b'{"version": "2.1.0", "runs": {}}': "runs is not a list",
    b'{"version": "2.1.0", "runs": [{}]}': "runs[0].tool.driver.name is missing",
}


@pytest.mark.parametrize(("report", "wrong"), WRONG.items(), ids=range(len(WRONG)))
def test_no_report(report: bytes, wrong: str, annotate: Annotate) -> None:
    """What is no report is refused in one line that says what to give, and nothing is printed."""
    said = annotate(report, "--format", "gitlab")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert wrong in said.err
    assert "recursion" in wrong or "ruff check --output-format json" in said.err


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        ({"filename": 7}, "[1].filename is not text"),
        ({"location": {"row": True, "column": 1}}, "[1].location.row is not a whole number"),
        ({"location": {"row": 0, "column": 1}}, "[1].location.row is 0, and counts from 1"),
        ({"location": {"row": 1}}, "[1].location.column is missing"),
        ({"message": None}, "[1].message is missing"),
        ({"code": ["B006"]}, "[1].code is not text"),
    ],
)
def test_malformed_finding(members: dict[str, Any], wrong: str, annotate: Annotate) -> None:
    """A finding of another shape is named by its place in the report, and the good one is not printed."""
    said = annotate([finding(), finding(**members)])
    assert (said.status, said.out) == (2, "")
    assert f"annotate.py: {wrong}: give what " in said.err


@pytest.mark.parametrize("keys", [["filename"], ["location"], ["code", "name"]])
def test_missing_key(keys: list[str], annotate: Annotate) -> None:
    """What Ruff always writes has to be there, be it null."""
    report = [{key: value for key, value in finding().items() if key not in keys}]
    assert f"[0].{' or .'.join(keys)} is missing" in annotate(report).err
    assert annotate([finding(**dict.fromkeys(keys))]).status == 0


@pytest.mark.parametrize(
    ("members", "wrong"),
    [
        ({"message": {}}, ".message.id is missing"),
        ({"ruleId": None, "ruleIndex": 3}, ".ruleIndex is 3, and runs[0].tool.driver.rules has 0 items"),
        ({"locations": {}}, ".locations is not a list"),
        ({"kind": []}, ".kind is not text"),
    ],
)
def test_malformed_result(members: dict[str, Any], wrong: str, annotate: Annotate) -> None:
    """A result of another shape is named by its place, whatever the format."""
    for form in FORMATS:
        said = annotate(result(**members), "--format", form)
        assert (said.status, said.out) == (2, "")
        assert f"annotate.py: runs[0].results[0]{wrong}: give what " in said.err
