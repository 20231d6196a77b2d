"""What cannot be checked ends in one clear message, and the rest is checked."""

import os
from pathlib import Path

import pytest

from proven.scan import command

from .conftest import BARE, Code


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x00\xff\xfe", "bad.py:1: not UTF-8: save the file as UTF-8"),
        (b"x = 1\n\n# \xe4\n", "bad.py:3: not UTF-8: save the file as UTF-8"),
        (b"def broken(:\n", "bad.py:1:12: cannot be parsed: "),
        (b"x = '''cut off\n", "bad.py:1:5: cannot be parsed: "),
        (b"if True:\nx = 1\n", "bad.py:2:1: cannot be parsed: "),
    ],
)
def test_unreadable(code: Code, content: bytes, said: str) -> None:
    """A file that cannot be read is named with its line, and the others are checked all the same."""
    code.write("bad.py", content)
    code.write("good.py", BARE)
    done = code.check("--select", "PX071")
    assert done.returncode == 2
    assert done.stderr.startswith(said)
    assert "good.py:3:1 PX071" in done.stdout


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"cells": [{}]}', '{"cells": [{"cell_type": "code", "source": 1}]}']
)
def test_no_notebook(code: Code, content: str) -> None:
    """A file that is called a notebook and is none is named."""
    code.write("n.ipynb", content)
    done = code.check("n.ipynb")
    assert done.returncode == 2
    assert "n.ipynb: not a notebook: open it with Jupyter and save it" in done.stderr


def test_missing(code: Code) -> None:
    """A path that is not there is named."""
    done = code.check("nowhere")
    assert (done.returncode, done.stderr) == (2, "proven check: nowhere is not there\n")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names(code: Code) -> None:
    """A line break in a path, or what steers a terminal, is said and not followed."""
    code.write("a\nb.py", BARE)
    done = code.check()
    assert done.returncode == 2
    assert "has a line break" in done.stderr
    code.write("\x1b[31mred.py", BARE)
    done = code.check("--select", "PX071", "\x1b[31mred.py")
    assert "\x1b" not in done.stdout + done.stderr
    assert "\\x1b[31mred.py:3:1 PX071" in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_links(code: Code) -> None:
    """Links that lead in circles, or nowhere, hold nothing up."""
    code.write("sub/a.py", BARE)
    (code.root / "sub" / "up").symlink_to(code.root)
    (code.root / "gone.py").symlink_to(code.root / "nowhere.py")
    (code.root / "self.py").symlink_to("self.py")
    assert "sub/a.py:3 PX071" in code.places("--select", "PX071")


def test_too_many_findings(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """More findings than anyone reads end the check before they fill the memory."""
    monkeypatch.setattr(command, "MOST", 1_000)
    code.write("a.py", "try:\n    pass\nexcept:\n    pass\n" * 2_000)
    done = code.check("--select", "PX071")
    assert done.returncode == 2
    assert done.stderr.startswith("proven check: ruff finds more than 1,000 places: check fewer files")


def test_a_huge_file(code: Code) -> None:
    """A file of many megabytes is checked to its end."""
    code.write("a.py", "x = 1\n" * 500_000 + BARE)
    assert code.places("--select", "PX071") == ["a.py:500003 PX071"]


def test_hostile_text(code: Code) -> None:
    """What stands in code cannot steer a terminal, nor end a line of a report."""
    code.write("a.py", "try:\n    pass\nexcept:  # \x1b[2J\x08 \u202e\n    print()\n")
    done = code.check("--select", "PX071")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    done = code.check("--select", "PX071", "--format", "github")
    assert done.stdout.count("\n") == 1


def test_tools_that_are_not_there(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without ast-grep or Ruff the message says what to install."""
    code.write("a.py", "x = 1\n")
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    done = code.check()
    assert (done.returncode, done.stderr) == (2, "proven check: ruff is not installed: pip install ruff\n")


def test_standard_input_alone(code: Code) -> None:
    """Standard input goes with no other path, and is not mended."""
    for arguments in (("-", "a.py"), ("-", "--fix"), ("-", "--diff")):
        done = code.check(*arguments)
        assert done.returncode == 2
        assert "standard input is checked by itself" in done.stderr


def test_a_project_that_ruff_refuses(code: Code) -> None:
    """Settings that Ruff does not understand are said in Ruff's words."""
    code.write("ruff.toml", "line-length = 'long'\n")
    code.write("a.py", "x = 1\n")
    done = code.check()
    assert done.returncode == 2
    assert "ruff.toml" in done.stderr
    assert not list(Path(code.root).glob(".ruff_cache"))
