"""annotate.py as it is served, and `proven annotate`.

- `annotate.py` takes Python 3.9, to which Ruff's `per-file-target-version` holds it too, and the standard
  library, and is the same bytes each time
"""

import ast
import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from proven.cli.main import main

from .reports import finding
from .served import FOLDER, FORMATS, SITE, Said, python, run, write_program, write_site


def test_current_folder(program: Path, tmp_path: Path) -> None:
    """Without --root, paths are told from the current folder; the report comes by the pipe."""
    report = json.dumps([finding(filename=str(tmp_path.resolve() / "src" / "a.py"))]).encode()
    said = run([sys.executable, str(program)], tmp_path, report)
    assert said.out.startswith("src/a.py:3:5: B006 Do not\n    PX901: ")


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        (["--format", "html"], "invalid choice: 'html'"),
        (
            ["--base-url", "rules.example"],
            "--base-url 'rules.example' is no address: give one like https",
        ),
        (["--base-url", "javascript://x"], "is no address"),
        (["--base-url", "https://x/>y"], "is no address"),
        (["--base-url", ""], "is no address"),
        (["--verbose"], "unrecognized arguments: --verbose: see annotate.py --help"),
        (["no-such-file"], "No such file"),
    ],
)
def test_options(options: list[str], wrong: str, program: Path, tmp_path: Path) -> None:
    """An option or file that cannot be used is refused in one line."""
    said = run([sys.executable, str(program), *options], tmp_path, b"[]")
    assert (said.status, said.out, said.err.count("\n")) == (2, "", 1)
    assert wrong in said.err


def test_oldest_python(program: Path, tmp_path: Path) -> None:
    """The served file runs on the oldest Python here, from 3.9 on, with nothing else, and prints the same."""
    ast.parse(program.read_text("utf-8"), feature_version=(3, 9))
    for form, suffix in FORMATS.items():
        command = [python(), "-I", "-S", str(program), "--root", "/project", "--format", form]
        said = run(command, tmp_path, (FOLDER / "other.sarif").read_bytes())
        assert said.out == (FOLDER / f"other.sarif.{suffix}").read_text("utf-8")


def test_only_the_standard_library(program: Path) -> None:
    """The served file imports nothing that asks a network, and nothing that is not Python's own."""
    nodes = list(ast.walk(ast.parse(program.read_text("utf-8"))))
    froms = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names} | froms
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    assert not names & {"socket", "ssl", "http", "http.client", "urllib.request", "subprocess"}


def test_the_same_file(program: Path, tmp_path: Path) -> None:
    """A site serves the same bytes each time, with its rules and its address on a line each."""
    assert write_program(tmp_path / "again").read_bytes() == program.read_bytes()
    lines = program.read_text("utf-8").splitlines()
    assert sum("PX901" in line for line in lines) == 1
    assert f'SITE = "{SITE}"' in lines


def test_command(tmp_path: Path) -> None:
    """`proven annotate` says what the served file says, from the pages of the project."""
    write_site(tmp_path)
    for form in ("github", "sarif"):
        command = [sys.executable, "-m", "proven", "annotate", "--root", "/project", "--format", form]
        said = run(command, tmp_path, (FOLDER / "ruff.json").read_bytes())
        assert said == Said(0, (FOLDER / f"ruff.json.{FORMATS[form]}").read_text("utf-8"), "")


def test_command_outside_of_a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of a project `proven annotate` says so in one line; its help is there all the same."""
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["annotate"], input="[]")
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert "is not in a project: Run this where mkdocs.yml is, or below." in said.stderr
    assert "--base-url" in CliRunner().invoke(main, ["annotate", "--help"]).stdout


def test_command_with_a_page_that_is_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a page cannot be read `proven annotate` says which, and prints nothing."""
    write_site(tmp_path)
    (tmp_path / "docs" / "topic" / "two.md").write_text("---\ncode: 7\n---\n")
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(main, ["annotate"], input="[]")
    assert (said.exit_code, said.stdout, said.stderr.count("\n")) == (2, "", 1)
    assert said.stderr.startswith("proven annotate: docs/topic/two.md:")
