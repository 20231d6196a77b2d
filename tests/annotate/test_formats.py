"""What comes out, in each format; `UPDATE_CASES=1` writes anew what goes in and what comes out.

- What Ruff prints, by codes and by names, comes out in each format as its file in `tests/cases/annotate/`
  shows, and fits `tests/schemas/`
"""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from .conftest import Annotate
from .reports import finding, located, result
from .served import FOLDER, FORMATS, REPORTS, SITE, ruff_reports, validator

INPUTS = [*REPORTS, "other.sarif"]


def hold(file: Path, text: str) -> None:
    """Hold a text against a file; with UPDATE_CASES write it there."""
    if "UPDATE_CASES" in os.environ:
        file.write_text(text, "utf-8", newline="\n")
    assert file.read_text("utf-8") == text


def test_reports_are_those_of_ruff(tmp_path: Path) -> None:
    """What the cases start from is what the installed Ruff prints, with and without preview."""
    for name, report in ruff_reports(tmp_path).items():
        hold(FOLDER / name, json.dumps(report, indent=2, ensure_ascii=False) + "\n")


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", INPUTS)
def test_written(name: str, form: str, annotate: Annotate) -> None:
    """Each kind of report comes out in each format as its file shows, and so it does again."""
    said = annotate(name, "--format", form)
    assert (said.status, said.err) == (0, "")
    hold(FOLDER / f"{name}.{FORMATS[form]}", said.out)
    assert annotate(name, "--format", form) == said


@pytest.mark.parametrize("name", INPUTS)
def test_schemas(name: str, annotate: Annotate) -> None:
    """Code scanning, GitLab and reviewdog get what their schemas ask for."""
    validator("sarif").validate(annotate(name, "--format", "sarif").json)
    validator("gitlab").validate(annotate(name, "--format", "gitlab").json)
    for line in annotate(name, "--format", "rdjsonl").out.splitlines():
        validator("rdjsonl").validate(json.loads(line))


@pytest.mark.parametrize(
    ("form", "broken"),
    [
        ("sarif", {"version": "2.1.0"}),
        ("gitlab", [{"description": "x", "check_name": "x", "severity": "major", "location": {"path": "x"}}]),
        ("rdjsonl", {"location": {"range": {"start": {"line": "1"}}}}),
    ],
)
def test_schemas_refuse(form: str, broken: Any) -> None:
    """The schemas that outputs are held against refuse what lacks a part or has another type."""
    assert not validator(form).is_valid(broken)


@pytest.mark.parametrize("form", ["text", "github", "rdjsonl", "gitlab", "markdown", "sarif"])
def test_covered(form: str, annotate: Annotate) -> None:
    """In every format a covered finding has code, title and address of each rule that covers it."""
    said = annotate([finding()], "--format", form)
    for code, place in (("PX901", "one"), ("PX902", "two")):
        assert re.search(rf"{code}\W+Keep rule {code} in \W*all\W+ tests", said.out)
        assert f"{SITE}topic/{place}/" in said.out


def test_not_covered(annotate: Annotate) -> None:
    """What no rule covers, by another tool too, is told without one; in SARIF it stays as it is."""
    assert annotate([finding(code="F401", name="unused-import")]).out == "a.py:3:5: F401 Do not\n"
    report = result(tool="another", locations=located("a.py"), rules=[{"id": "B006"}])
    assert annotate(report).out == "a.py:1: B006 Do not\n"
    assert annotate(report, "--format", "sarif").json == report


def test_mirror(annotate: Annotate) -> None:
    """Addresses are those of the site that serves the file, or of the mirror that is asked for."""
    mirror = annotate([finding()], "--base-url", "http://[::1]:8080/rules").out
    assert "http://[::1]:8080/rules/topic/one/" in mirror
    assert SITE not in mirror


def test_several_lines(annotate: Annotate) -> None:
    """GitHub takes no columns for what is on several lines."""
    said = annotate([finding(end_location={"row": 9, "column": 1})], "--format", "github")
    assert said.out.startswith("::error file=a.py,line=3,endLine=9,title=")


@pytest.mark.parametrize(
    ("level", "github"), [("error", "error"), ("warning", "warning"), ("info", "notice")]
)
def test_severity(level: str, github: str, annotate: Annotate) -> None:
    """How bad Ruff says that a finding is, every format says in its words."""
    said = annotate([finding(severity=level)], "--format", "github")
    assert said.out.startswith(f"::{github} ")


def test_fingerprints(annotate: Annotate) -> None:
    """GitLab's fingerprints differ for the same finding twice, and stay when lines and the site move."""

    def prints(first: int, *options: str) -> list[str]:
        report = [finding(location={"row": first + row, "column": 1}) for row in (0, 1)]
        return [issue["fingerprint"] for issue in annotate(report, "--format", "gitlab", *options).json]

    first, second = prints(3)
    assert first != second
    assert prints(30, "--base-url", "https://mirror.example") == [first, second]


def test_code_scanning(annotate: Annotate) -> None:
    """The links are in the Markdown help, beside what is there; a tool's own address stays the rule's."""
    rules = [{"id": "B006", "helpUri": "https://own.example/", "help": {"text": "1. Do <b>not</b>"}}]
    report = annotate(result(rules=rules), "--format", "sarif").json
    (rule,) = report["runs"][0]["tool"]["driver"]["rules"]
    assert rule["helpUri"] == "https://own.example/"
    assert rule["help"]["text"] == "1. Do <b>not</b>"
    assert f"](<{SITE}topic/one/>)" in rule["help"]["markdown"]
    assert rule["help"]["markdown"].endswith("\n\n1\\. Do \\<b\\>not\\<\\/b\\>")
    assert annotate(report, "--format", "sarif").json == report


def test_code_scanning_without_rules(annotate: Annotate) -> None:
    """A covered result whose rule is not declared gets one, with the address of the first that covers it."""
    (run_,) = annotate(result(), "--format", "sarif").json["runs"]
    (rule,) = run_["tool"]["driver"]["rules"]
    assert (rule["id"], rule["helpUri"]) == ("B006", f"{SITE}topic/one/")


def test_indexes(annotate: Annotate) -> None:
    """Each result of Ruff's own report has the index of its rule."""
    (run_,) = annotate("ruff.json", "--format", "sarif").json["runs"]
    rules = run_["tool"]["driver"]["rules"]
    assert [rules[entry["ruleIndex"]]["id"] for entry in run_["results"]] == [
        entry["ruleId"] for entry in run_["results"]
    ]
    assert len({rule["id"] for rule in rules}) == len(rules)
