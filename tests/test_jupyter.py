"""Notebooks of Jupyter's on a site of someone else's, which says `notebooks: true`.

- A notebook of Jupyter's is verified against the outputs that are stored in it, and `--update` stores them
  anew; one whose outputs were cleared only has to run
- Without `notebooks`, or as a file that is no notebook, nothing is made of it, or the file is named
"""

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import v4

from .corpus_pages import parse
from .workspace import Workspace

SETTINGS = """site_name: Guest
nav: [index.md, demo.ipynb]
plugins:
  - proven: {{interpreters: [native], notebooks: {notebooks}}}
"""
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def notebook() -> Any:
    """A notebook with each kind of output, all of them right."""
    printed = v4.new_output("stream", name="stdout", text="3\n")
    value = v4.new_output("execute_result", {"text/plain": "{'a': 1,\n 'b': 2}"}, execution_count=2)
    raised = v4.new_output("error", ename="IndexError", evalue="list index out of range", traceback=[])
    picture = v4.new_output("display_data", {"image/png": PIXEL, "text/plain": "<Figure>"})
    skipped = {"metadata": {"tags": ["skip-execution"]}}
    cells = [
        v4.new_markdown_cell("# Demo\n\n```python\nnot_run()\n```\n"),
        v4.new_code_cell("%matplotlib inline\nwords = ['a'] * 3\nprint(len(words))", outputs=[printed]),
        v4.new_code_cell("{'a': 1, 'b': 2}", outputs=[value], execution_count=2),
        v4.new_code_cell("words[9]", outputs=[raised], execution_count=3),
        v4.new_code_cell("drawn = None", outputs=[picture], execution_count=4),
        v4.new_code_cell("raise SystemExit", **skipped),
        v4.new_code_cell("print('never run before')"),
        v4.new_raw_cell("left alone"),
        v4.new_code_cell(""),
    ]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    return v4.new_notebook(cells=cells)


@pytest.fixture
def guest(workspace: Workspace) -> Workspace:
    """A site that has a notebook among its pages."""
    workspace.write("mkdocs.yml", SETTINGS.format(notebooks="true"))
    workspace.write("docs/index.md", "# Home\n\nSee [the demo](demo.ipynb).\n")
    nbformat.write(notebook(), workspace.root / "docs" / "demo.ipynb")
    return workspace


def rewrite(site: Workspace, old: str, new: str) -> Path:
    """Change the notebook."""
    file = site.root / "docs" / "demo.ipynb"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")
    return file


def test_right(guest: Workspace) -> None:
    """It is a page, with its cells as blocks, its links, and the picture that nobody has compared."""
    done = guest.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = parse(guest.root / "site" / "demo" / "index.html")
    assert len(html.css(".pp-block")) == 6
    assert "Not run: its tag is skip-execution" in {reason.text() for reason in html.css(".pp-reason")}
    (picture,) = html.css("figure")
    assert (picture.css("img")[0].attributes["src"] or "").endswith(PIXEL)
    assert "not verified" in picture.text()
    home = parse(guest.root / "site" / "index.html")
    assert "demo/" in [link.attributes.get("href") for link in home.css("a")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"3\\n"', '"4\\n"', "printed '3', the page says '4'"),
        ("\" 'b': 2}\"", "\" 'b': 3}\"", "the page says"),
        ("list index out of range", "no such index", "raised IndexError: list index out of range"),
    ],
)
def test_wrong(guest: Workspace, old: str, new: str, said: str) -> None:
    """What differs is told at its cell; what `--update` stores is accepted, and leaves other cells alone."""
    right = (guest.root / "docs" / "demo.ipynb").read_text("utf-8")
    file = rewrite(guest, old, new)
    failed = guest.verify()
    line = next(number for number, text in enumerate(file.read_text("utf-8").split("\n"), 1) if new in text)
    told = next(text for text in failed.stderr.split("\n") if said in text)
    assert told.startswith("docs/demo.ipynb:")
    assert line - 5 < int(told.split(":")[1]) < line + 12
    if "raised" not in said:
        assert "updated docs/demo.ipynb" in guest.verify("--update").stderr
        cells = zip(json.loads(right)["cells"], json.loads(file.read_text("utf-8"))["cells"], strict=True)
        assert sum(before != now for before, now in cells) <= 1  # IPython lays out values in its own way
        assert guest.verify().returncode == 0


def test_cleared(guest: Workspace) -> None:
    """Cells without outputs that were never run are not held to have none, and none are stored."""
    file = guest.root / "docs" / "demo.ipynb"
    nothing: Any = notebook()
    nothing.cells = [cell for cell in nothing.cells if "words[9]" not in cell.source]
    for cell in nothing.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(nothing, file)
    before = file.read_text("utf-8")
    done = guest.verify("--update")
    assert done.returncode == 0, done.stderr
    assert file.read_text("utf-8") == before


@pytest.mark.parametrize("text", ["", "[]", '{"cells": [{}]}', "{"])
def test_no_notebook(guest: Workspace, text: str) -> None:
    """A file that is no notebook is named."""
    guest.write("docs/demo.ipynb", text)
    done = guest.verify()
    assert done.returncode == 1
    assert "docs/demo.ipynb:1: not a notebook" in done.stderr


def test_not_by_lines(guest: Workspace) -> None:
    """A notebook in one line is refused: no place in it could be named, and no cell be told from another."""
    file = guest.root / "docs" / "demo.ipynb"
    text = json.dumps(json.loads(file.read_text("utf-8")))
    file.write_text(text, "utf-8")
    done = guest.verify("--update")
    assert done.returncode == 1
    assert "docs/demo.ipynb:1: its cells are not written line by line" in done.stderr
    assert file.read_text("utf-8") == text


def test_outputs_with_sources(guest: Workspace) -> None:
    """What outputs of other kinds have in them is not taken for a cell's code."""
    drawn = v4.new_output("display_data", {"application/vnd.plotly.v1+json": {"source": ["x = 1"]}})
    whole = notebook()
    whole.cells[1].outputs.append(drawn)
    nbformat.write(whole, guest.root / "docs" / "demo.ipynb")
    assert guest.verify().returncode == 0


def test_another_language(guest: Workspace) -> None:
    """Cells of another language are shown, and not run."""
    whole = v4.new_notebook(
        cells=[v4.new_code_cell("x <- 1")],
        metadata={"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}},
    )
    nbformat.write(whole, guest.root / "docs" / "demo.ipynb")
    done = guest.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = parse(guest.root / "site" / "demo" / "index.html")
    assert "x <- 1" in html.css(".highlight, pre")[0].text()
    assert not html.css(".pp-block")


def test_modules_of_tests_are_pytests(guest: Workspace) -> None:
    """A module of tests among the pages is run as one."""
    guest.write("docs/test_own.py", "def test_own():\n    assert False, 'as it should be'\n")
    for argument in ("docs", "docs/test_own.py"):
        assert "as it should be" in guest.command("pytest", "-n0", argument).stdout


def test_left_alone(guest: Workspace) -> None:
    """Without the setting it is a file like others."""
    guest.write("mkdocs.yml", SETTINGS.format(notebooks="false").replace(", demo.ipynb", ""))
    rewrite(guest, '"3\\n"', '"4\\n"')
    done = guest.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert (guest.root / "site" / "demo.ipynb").is_file()


@pytest.mark.parametrize("told", ["notebooks", "[1]", "{}"])
def test_setting(guest: Workspace, told: str) -> None:
    """A setting that is neither true nor a list of folders is told in one message."""
    guest.write("mkdocs.yml", SETTINGS.format(notebooks=told))
    done = guest.verify()
    assert done.returncode == 2
    assert "`notebooks` of the plugin is" in done.stderr
