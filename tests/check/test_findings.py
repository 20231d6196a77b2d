"""`proven check` finds violations, says so in every form, and lets pass what it is told to."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import BARE, CONNECT, Code, Notebook


def test_both_tools(code: Code) -> None:
    """Ruff's findings and those of our own detectors have code, title, harm, place, line and link."""
    code.write("a.py", BARE)
    code.write("sub/b.py", CONNECT)
    done = code.check("--select", "PX071,PX186")
    assert done.returncode == 1
    first, second, _ = done.stdout.split("\n\n")
    assert first.startswith("a.py:3:1 PX071 Catch specific exceptions instead of using a bare except\n")
    assert ">    3 | except:\n       | ^^^^^^\n" in first
    assert "    Ruff E722: Do not use bare `except`\n" in first
    assert first.endswith("/errors/bare-except/")
    assert second.startswith(f"{Path('sub', 'b.py')}:3:6 PX186 ")
    assert "    The with statement ends a transaction; the connection stays open.\n" in second
    assert "    ast-grep PX186-with-connect\n" in second
    assert done.stderr == "2 findings in 2 files\n"


def test_nothing_found(code: Code) -> None:
    """Without findings the status is 0, for no file too."""
    assert code.check().returncode == 0
    code.write("a.py", "x = 1\n")
    done = code.check()
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No findings in 1 file\n")


def test_forms_agree(code: Code) -> None:
    """Every form has the same findings; an empty report is one, too."""
    code.write("a.py", BARE)
    code.write("b.py", CONNECT)
    said = {
        form: code.check("--format", form).stdout
        for form in ("rdjsonl", "gitlab", "sarif", "github", "markdown")
    }
    lines = [json.loads(line) for line in said["rdjsonl"].splitlines()]
    wanted = [
        (line["location"]["path"], line["location"]["range"]["start"]["line"], line["code"]["value"])
        for line in lines
    ]
    assert ("a.py", 3, "PX071") in wanted
    assert ("b.py", 3, "PX186") in wanted
    gitlab = json.loads(said["gitlab"])
    assert wanted == [
        (entry["location"]["path"], entry["location"]["lines"]["begin"], entry["check_name"])
        for entry in gitlab
    ]
    (run,) = json.loads(said["sarif"])["runs"]
    places = [(result["locations"][0]["physicalLocation"], result["ruleId"]) for result in run["results"]]
    assert wanted == [
        (place["artifactLocation"]["uri"], place["region"]["startLine"], rule) for place, rule in places
    ]
    assert said["github"].count("\n") == said["markdown"].count("\n- ") + 1 == len(wanted)
    code.write("a.py", "")
    code.write("b.py", "")
    assert json.loads(code.check("--format", "gitlab").stdout) == []


def test_fixes_in_reports(code: Code) -> None:
    """SARIF has the edits of a fix, and reviewdog gets them as suggestions."""
    code.write("a.py", "class A(object):\n    pass\n")
    arguments = ("--select", "PX246", "--format")
    (run,) = json.loads(code.check(*arguments, "sarif").stdout)["runs"]
    (change,) = run["results"][0]["fixes"][0]["artifactChanges"]
    (replacement,) = change["replacements"]
    assert change["artifactLocation"] == {"uri": "a.py"}
    region = {"startLine": 1, "startColumn": 8, "endLine": 1, "endColumn": 16}
    assert replacement == {"deletedRegion": region, "insertedContent": {"text": ""}}
    said = json.loads(code.check(*arguments, "rdjsonl").stdout)
    start, end = {"line": 1, "column": 8}, {"line": 1, "column": 16}
    assert said["suggestions"] == [{"range": {"start": start, "end": end}, "text": ""}]


def test_notebooks(code: Code, notebook: Notebook) -> None:
    """Cells are numbered as Jupyter shows them, text counted; both tools read them."""
    code.write("n.ipynb", notebook("%time 1\n", BARE, CONNECT))
    done = code.check("--select", "PX071,PX186")
    places = [
        line.partition(" PX")[0] for line in done.stdout.splitlines() if " PX" in line and line[0] != " "
    ]
    assert places == ["n.ipynb:cell 3:3:1", "n.ipynb:cell 4:3:6"]


def test_standard_input(code: Code) -> None:
    """What is piped in has the name that it is given."""
    done = subprocess.run(
        [sys.executable, "-m", "proven", "check", "-", "--format", "rdjsonl", "--stdin-filename", "src/a.py"],
        input=CONNECT,
        cwd=code.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert json.loads(done.stdout)["location"]["path"] == "src/a.py"
    assert done.returncode == 1


def test_a_stricter_choice(code: Code) -> None:
    """Options and settings choose rules: by code, by what they begin with, by level, by file."""
    code.write("a.py", BARE + CONNECT)
    everything = code.places()
    assert {"a.py:3 PX071", "a.py:7 PX186"} < {*everything}
    assert code.places("--select", "px071") == ["a.py:3 PX071"]
    assert code.places("--ignore", "PX071,PX186") == [
        line for line in everything if line[-5:] not in ("PX071", "PX186")
    ]
    assert "a.py:3 PX071" in code.places("--level", "error")
    assert "a.py:7 PX186" not in code.places("--level", "error")
    code.write("pyproject.toml", '[tool.proven]\nselect = ["PX071", "PX18"]\nlevel = "error"\n')
    assert code.places() == ["a.py:3 PX071"]
    assert code.places("--level", "note") == ["a.py:3 PX071", "a.py:7 PX186"]
    code.write(
        "pyproject.toml", '[tool.proven]\nselect = ["PX071"]\nper-file-ignores = { "a.*" = ["PX07"] }\n'
    )
    assert code.places() == []
    code.write("pyproject.toml", '[tool.proven]\nexclude = ["a.py"]\n')
    assert code.places() == []


def test_settings_from_above(code: Code) -> None:
    """A pyproject.toml above the folder counts; paths in it start where it is."""
    code.write(
        "pyproject.toml", '[tool.proven]\nselect = ["PX071"]\nper-file-ignores = { "sub" = ["PX071"] }\n'
    )
    code.write("sub/a.py", BARE)
    code.write("other/a.py", BARE)
    assert Code(code.root / "sub").places() == []
    assert Code(code.root / "other").places() == ["a.py:3 PX071"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[tool.proven]\nselekt = []\n", "has no setting 'selekt': there are base-url"),
        ('[tool.proven]\nselect = "PX071"\n', 'select is not a list of texts: write ["PX017"]'),
        ('[tool.proven]\nlevel = "must"\n', "level is 'must': write error, warning, note"),
        ('[tool.proven]\nselect = ["QQ"]\n', "no rule begins with 'QQ'"),
        ('[tool.proven]\nper-file-ignores = ["PX017"]\n', "per-file-ignores is not a table"),
        ("[tool.proven\n", "pyproject.toml cannot be read: "),
        ("[tool]\nproven = 1\n", "[tool.proven] is not a table"),
    ],
)
def test_wrong_settings(code: Code, text: str, said: str) -> None:
    """A setting that is not understood is named, with the file and the way to mend it."""
    code.write("pyproject.toml", text)
    done = code.check()
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.startswith("proven check: ")


def commented(comment: str) -> str:
    """A bare except with a comment."""
    return f"try:\n    open('a', 'rb')\nexcept:  # {comment}\n    print()\n"


def test_comments_with_a_reason(code: Code) -> None:
    """A comment on the line, or alone above it, lets a finding pass."""
    code.write("a.py", commented("proven: ignore[PX071] the process ends here anyway"))
    code.write("b.py", CONNECT.replace("with", "# proven: ignore[PX001, PX186] closed below\nwith"))
    done = code.check("--select", "PX071,PX186")
    assert (done.returncode, done.stderr) == (0, "No findings, 2 let pass by comments in 2 files\n")


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("proven: ignore[PX071]", "gives no reason"),
        ("proven: ignore", "names no rule"),
        ("proven: ignore[PX186] it is closed below", "is not needed: remove it"),
    ],
)
def test_comments_that_are_wrong(code: Code, comment: str, said: str) -> None:
    """A comment without a reason, a rule or need is a finding itself, and lets nothing pass."""
    code.write("a.py", commented(comment))
    done = code.check("--select", "PX071,PX186")
    assert "a.py:3:1 PX071" in done.stdout
    assert (
        f"a.py:3: `proven: ignore{comment.removeprefix('proven: ignore').partition(' ')[0]}" in done.stdout
        or said in done.stdout
    )
    assert said in done.stdout
    assert done.returncode == 1


def test_what_is_no_comment(code: Code) -> None:
    """Text in a string lets nothing pass, and is not asked for a reason."""
    code.write("a.py", 'x = "# proven: ignore[PX071]"\n')
    assert code.check().returncode == 0


def test_comments_for_what_was_not_asked(code: Code) -> None:
    """Whether a comment is needed for what only a type checker finds is not said without it."""
    code.write("a.py", "x = 1  # proven: ignore[PX019] the stub is wrong\n")
    assert "not needed" not in code.check().stdout


def test_a_tool_that_is_not_there(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """A type checker that is not installed is named."""
    monkeypatch.setenv("PATH", "")
    code.write("a.py", "x = 1\n")
    done = code.check("--mypy")
    assert (done.returncode, done.stderr) == (
        2,
        "proven check: mypy is not on the path: activate the environment that it is installed in\n",
    )
