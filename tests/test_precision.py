"""Findings lead to the rule that explains them, or nowhere: precision.toml.

- Of a sample of code as it is in many projects, each finding of Ruff leads to the rule that a reviewer would
  name for it, and to none where no rule of the site is about it
- The sample is of all families of Ruff that lead to a page, and at least 40 of its findings lead nowhere
"""

import json
import subprocess
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from ruff import find_ruff_bin

from proven.collect.pages import read_pages
from proven.model import Site
from proven.project import Project
from proven.rules.coverage import coverage


@dataclass(frozen=True, slots=True)
class Finding:
    """One entry of the sample."""

    code: str
    """Of the rule of Ruff."""
    rule: str
    """The code of the page that is about it; empty where none is."""
    line: int
    source: str

    def __str__(self) -> str:
        return f"{self.code} on line {self.line} of\n{self.source}"


SAMPLE = [
    Finding(**entry)
    for entry in tomllib.loads(Path(__file__).with_name("precision.toml").read_text("utf-8"))["finding"]
]


@pytest.fixture(scope="module")
def leads(tools: Project) -> Mapping[str, str]:
    """The code of the page that each code of Ruff leads to."""
    site = Site(tuple(read_pages(tools, tools.pages())))
    return {code: page["code"] for code, page in coverage(site, directories=True)["ruff"].items()}


def reported(folder: Path, sample: Sequence[Finding]) -> list[set[tuple[str, int]]]:
    """Code and line of what Ruff reports on each, by one process for all."""
    files = [folder / f"finding_{number}.py" for number in range(len(sample))]
    for file, finding in zip(files, sample, strict=True):
        file.write_text(finding.source, "utf-8")
    codes = ",".join(sorted({finding.code for finding in sample}))
    command = [
        find_ruff_bin(),
        "check",
        "--isolated",
        "--no-cache",
        "--exit-zero",
        "--target-version",
        "py311",
    ]
    done = subprocess.run(
        [*command, "--select", codes, "--output-format", "json", str(folder)],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    reported: dict[str, set[tuple[str, int]]] = {file.name: set() for file in files}
    for each in json.loads(done.stdout):
        reported[Path(each["filename"]).name].add((each["code"], each["location"]["row"]))
    return [reported[file.name] for file in files]


def test_ruff_reports_each(tmp_path: Path) -> None:
    """Each finding is one that Ruff makes, at its line."""
    said = reported(tmp_path, SAMPLE)
    missing = [
        f"{finding}\nreports {sorted(seen)}"
        for finding, seen in zip(SAMPLE, said, strict=True)
        if (finding.code, finding.line) not in seen
    ]
    assert not missing, "\n\n".join(missing)


def test_each_leads_to_its_rule(leads: Mapping[str, str]) -> None:
    """The site leads the code of each finding to the rule that explains it, and to no other."""
    wrong = [
        f"leads to {leads.get(finding.code, '') or 'no rule'}, not to {finding.rule or 'none'}: {finding}"
        for finding in SAMPLE
        if leads.get(finding.code, "") != finding.rule
    ]
    assert not wrong, "\n\n".join(wrong)


def test_sample(leads: Mapping[str, str]) -> None:
    """The sample is large, of all families that lead to a rule, and no finding is in it twice."""
    assert len(SAMPLE) >= 120
    assert sum(not finding.rule for finding in SAMPLE) >= 40
    assert len({(finding.code, finding.source) for finding in SAMPLE}) == len(SAMPLE)
    assert {family(code) for code in leads} <= {family(finding.code) for finding in SAMPLE}


def family(code: str) -> str:
    """The letters of a code."""
    return code.rstrip("0123456789")
