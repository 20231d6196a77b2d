"""`proven check` looks at what a change touches, passes over what is known, and mends."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import BARE, CONNECT, Code, Notebook


def test_only_what_changed(repository: Code) -> None:
    """Lines that are added or changed count, and files that Git does not know; the others do not."""
    assert repository.places("--diff", "--select", "PX071") == []
    repository.write("old.py", f"{BARE}\n\n{BARE}")
    repository.write("new.py", BARE)
    assert repository.places("--diff", "--select", "PX071") == ["new.py:3 PX071", "old.py:9 PX071"]
    assert repository.places("--select", "PX071", "--diff=staged") == []
    repository.git("add", "old.py")
    assert repository.places("--select", "PX071", "--diff=staged") == ["old.py:9 PX071"]


def test_since_a_branch(repository: Code) -> None:
    """Against a branch counts what this one has added since they parted."""
    repository.git("checkout", "--quiet", "-b", "topic")
    repository.write("topic.py", BARE)
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=topic")
    repository.git("checkout", "--quiet", "main")
    repository.write("old.py", f"\n{BARE}")
    repository.git("commit", "--quiet", "--all", "--message=main")
    repository.git("checkout", "--quiet", "topic")
    assert repository.places("--select", "PX071", "--diff=main") == ["topic.py:3 PX071"]
    done = repository.check("--diff=nowhere")
    assert done.returncode == 2
    assert "nowhere" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("name", ['with "quotes" and\ttab.py', "ä ö.py", "b/b.py", "-x.py"])
def test_odd_names(repository: Code, name: str) -> None:
    """A path that Git writes in quotes is the file's."""
    repository.write(name, "x = 1\n")
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=odd")
    repository.write(name, f"x = 1\n{BARE}")
    assert [line[-7:] for line in repository.places("--select", "PX071", "--diff")] == ["4 PX071"]


def test_cells_that_changed(repository: Code, notebook: Notebook) -> None:
    """Of a notebook, what stands in lines that have changed counts."""
    repository.write("n.ipynb", notebook(BARE))
    repository.git("add", "--all")
    repository.git("commit", "--quiet", "--message=notebook")
    repository.write("n.ipynb", notebook(BARE, CONNECT))
    done = repository.check("--select", "PX071,PX186", "--diff")
    assert "cell 3:3:6 PX186" in done.stdout
    assert "PX071" not in done.stdout


def test_no_repository(code: Code) -> None:
    """Without one, `--diff` says so."""
    done = code.check("--diff")
    assert done.returncode == 2
    assert "git rev-parse cannot work" in done.stderr


def test_baseline(code: Code) -> None:
    """What a baseline lists is not reported, wherever it moves; what is new, or there once more, is."""
    file = code.write("a.py", BARE)
    assert code.check("--select", "PX071", "--baseline", "known.json", "--write-baseline").returncode == 0
    listed = (code.root / "known.json").read_text("utf-8")
    assert json.loads(listed)["findings"] == {"a.py": [{"rule": "PX071", "code": "except:"}]}
    file.write_text(f"\n\n{BARE}", "utf-8")
    assert code.places("--select", "PX071", "--baseline", "known.json") == []
    file.write_text(f"{BARE}{BARE}", "utf-8")
    assert code.places("--select", "PX071", "--baseline", "known.json") == ["a.py:7 PX071"]
    code.write("pyproject.toml", '[tool.proven]\nselect = ["PX071"]\nbaseline = "known.json"\n')
    assert Code(code.root).places() == ["a.py:7 PX071"]
    file.write_text(BARE, "utf-8")
    code.check("--write-baseline")
    assert (code.root / "known.json").read_text("utf-8") == listed


@pytest.mark.parametrize("content", ["", "[]", '{"form": 2}', '{"form": 1, "findings": {"a": [{}]}}'])
def test_no_baseline(code: Code, content: str) -> None:
    """A file that is none is named; without a file there is nowhere to write."""
    code.write("a.py", BARE)
    code.write("known.json", content)
    done = code.check("--baseline", "known.json")
    assert done.returncode == 2
    assert "known.json is no baseline" in done.stderr
    assert "--write-baseline needs a file" in code.check("--write-baseline").stderr


def test_safe_fixes(code: Code) -> None:
    """Safe fixes are made, what is left is reported; a dry run shows the change and makes none."""
    text = "class A(object):\n    pass\n\n\nclass B(A, object):\n    pass\n"
    file = code.write("a.py", text)
    done = code.check("--select", "PX246", "--fix", "--dry-run")
    assert done.returncode == 1
    assert "--- a/a.py\n+++ b/a.py\n" in done.stdout
    assert "-class A(object):\n+class A:\n" in done.stdout
    assert file.read_text("utf-8") == text
    done = code.check("--select", "PX246", "--fix")
    assert "2 findings were mended\n" in done.stderr
    assert "object" not in file.read_text("utf-8")
    assert code.check("--select", "PX246", "--fix", "--dry-run").stdout == ""


def test_unsafe_fixes(code: Code) -> None:
    """What may behave differently is mended only on demand, by our own detectors too."""
    text = "class Price:\n    def __eq__(self, other):\n        if not isinstance(other, Price):\n"
    text += "            return False\n        return self.cents == other.cents\n"
    file = code.write("a.py", text)
    assert code.check("--select", "PX038", "--fix").returncode == 1
    assert file.read_text("utf-8") == text
    assert code.check("--select", "PX038", "--unsafe-fixes").returncode == 0
    assert file.read_text("utf-8") == text.replace("return False", "return NotImplemented")


def test_fixes_that_are_only_shown(code: Code) -> None:
    """What Ruff would not write itself is no fix: which of the values is right, it cannot know."""
    text = 'import subprocess\n\nsubprocess.run(["make", "all"])\n'
    file = code.write("a.py", text)
    done = code.check("--select", "PX169", "--unsafe-fixes")
    assert "PX169" in done.stdout
    assert "fix" not in done.stdout
    assert file.read_text("utf-8") == text


def test_interrupted(code: Code) -> None:
    """Ctrl+C while files are mended leaves each as it was or mended, and nothing beside them."""
    before, after = "class A(object):\n    pass\n", "class A:\n    pass\n"
    files = [code.write(f"f{number}.py", before) for number in range(200)]
    command = [sys.executable, "-m", "proven", "check", "--select", "PX246", "--fix", "."]
    with subprocess.Popen(
        command, cwd=code.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as done:
        while done.poll() is None and all(file.read_text("utf-8") == before for file in files[:5]):
            pass
        done.send_signal(signal.SIGINT)
    assert {file.read_text("utf-8") for file in files} <= {before, after}
    assert {*code.root.iterdir()} == {*files}


def test_files_keep_their_form(code: Code, notebook: Notebook) -> None:
    """A byte order mark, line ends, permissions, links and a notebook's other cells are as they were."""
    file = code.write("a.py", b"\xef\xbb\xbfclass A(object):\r\n    x = '\xc3\xa4'\r\n")
    file.chmod(0o755)
    (code.root / "link.py").symlink_to(file)
    nb = code.write("n.ipynb", notebook("class A(object):\n    x = 'ä'\n", "y = 1\n"))
    code.check("--select", "PX246", "--fix")
    assert file.read_bytes() == b"\xef\xbb\xbfclass A:\r\n    x = '\xc3\xa4'\r\n"
    assert file.stat().st_mode & 0o777 == 0o755
    assert (code.root / "link.py").is_symlink()
    assert json.loads(nb.read_text("utf-8")) == json.loads(notebook("class A:\n    x = 'ä'\n", "y = 1\n"))


def test_a_file_that_cannot_be_written(code: Code, monkeypatch: pytest.MonkeyPatch) -> None:
    """It stays as it was, nothing is left beside it, and the message names it."""
    file = code.write("a.py", "class A(object): ...\n")
    before = sorted(code.root.iterdir())

    def refuse(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    done = code.check("--select", "PX246", "--fix")
    assert (done.returncode, done.stderr) == (
        2,
        "proven check: a.py cannot be written: No space left on device\n",
    )
    assert file.read_text("utf-8") == "class A(object): ...\n"
    assert sorted(code.root.iterdir()) == before
