"""Findings lead to the same rules everywhere: in the command, and in annotations of a report."""

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from proven.collect.pages import read_pages
from proven.exports import annotate
from proven.exports.annotator import rules_of
from proven.model import Site
from proven.project import Project
from proven.rules.catalogue import catalogue
from proven.scan import pack, ruff

from ..workspace import ROOT
from .conftest import Code, placed

SAMPLE = tomllib.loads((ROOT / "tests" / "precision.toml").read_text("utf-8"))["finding"]


@pytest.fixture(scope="module")
def rules() -> annotate.Rules:
    """What `proven annotate` knows of this site."""
    project = Project.around(ROOT)
    return rules_of(catalogue(project, Site(tuple(read_pages(project, project.pages()))), ""))


def test_command_and_annotations(
    code: Code, rules: annotate.Rules, capfd: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Of the same files, Ruff's report has the same rules at the same lines when it is annotated."""
    code.write("ruff.toml", 'target-version = "py311"\n')
    for number, finding in enumerate(SAMPLE):
        code.write(f"src/f{number}.py", finding["source"].lstrip("\n"))
    own = pack.load()
    select = f"--select={','.join(own.codes('ruff', own.rules))}"
    command = [ruff.executable(), "check", "--no-cache", select, "--output-format=json", "src"]
    report = subprocess.run(command, cwd=code.root, capture_output=True, check=False).stdout
    file = code.write("report.json", report)
    options = ["--format", "rdjsonl", "--root", str(code.root), str(file)]
    assert annotate.main(options, lambda: (rules, "https://rules.example/")) == 0
    annotated = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    led = {placed(said) for said in annotated if "rules.example" in said["code"].get("url", "")}
    said = [json.loads(line) for line in code.check("--format", "rdjsonl", "src").stdout.splitlines()]
    checked = {placed(entry) for entry in said if "(Ruff " in entry["message"]}
    assert len(checked) > len(SAMPLE) / 2
    assert checked == led
