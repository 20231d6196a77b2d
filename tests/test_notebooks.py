"""Notebooks in percent format: examples/notebooks/, and small ones.

- A notebook's cells are verified as blocks are, share a namespace from top to bottom, and are held against
  Ruff, mypy and Pyright as Prefer is; what is wrong is said at its line, and `--update` writes there
  (`notebook-malformed`, `notebook-differs`, `verify/notebook`)
- A cell for some versions of Python, or one that is skipped, is not continued where it does not run
- Each can be downloaded for Jupyter, with what it showed, as nbformat has it; and it runs as a program
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jupytext
import nbformat
import pytest

from proven.collect.pages import read_pages
from proven.model import NATIVE, Page
from proven.project import Project
from proven.project.package import NEWEST
from proven.toolchain import environments

from .conftest import CASES
from .small_site import COURSE
from .txtar import Case
from .workspace import ROOT, Workspace, only

FOLDER = ROOT / "examples" / "notebooks"
OLDER = f"3.{sys.version_info.minor}"
NAMES = sorted(file.name for file in FOLDER.glob("*.py"))

HOME = "---\ntitle: Home\ncourse:\n  - heading: All\n    rules: [topic, notebooks]\n---\n\n# Home\n"
NOTEBOOK = """# ---
# title: Count words
# summary: A notebook that counts.
# ---

# %% [markdown]
# # Count words
#
# A rule at work: [PX901](../topic/one.md). ![A picture](picture.svg)

# %%
words = ["a", "b", "a"]
print(len(words))
#> 3


# %%
class Table:
    def __repr__(self) -> str:
        return "a table"

    def _repr_html_(self) -> str:
        return "<table><tr><th>a</th><td>2 < 3</td></tr></table>"


# %% value
Table()
#> a table

# %% raises="IndexError: list index out of range"
words[9]
"""
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def site(small_site: Workspace) -> Workspace:
    """The small site with a notebook, and a picture beside it."""
    small_site.write("examples/notebooks/count.py", NOTEBOOK)
    small_site.write("examples/notebooks/picture.svg", PICTURE)
    small_site.write("docs/index.md", HOME)
    small_site.write(
        "docs/notebooks/index.md", COURSE.replace("[one, two]", "[count]").replace("Topic", "Notebooks")
    )
    return small_site


def test_page(site: Workspace) -> None:
    """It has a page of its own, with links both ways, its pictures and its downloads."""
    done = site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    folder = site.root / "site" / "notebooks"
    html = (folder / "count" / "index.html").read_text("utf-8")
    assert html.count('class="pp-block"') == 4
    assert '<p class="pp-summary">A notebook that counts.</p>' in html
    assert 'href="../../topic/one/"' in html
    assert 'src="../picture.svg"' in html
    assert (folder / "picture.svg").read_text("utf-8") == PICTURE
    assert (folder / "count" / "count.py").read_text("utf-8") == NOTEBOOK
    rule = (site.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    assert 'href="../../notebooks/count/"' in rule


def test_for_jupyter(site: Workspace) -> None:
    """What is downloaded is valid, has what was printed and shown, and whole addresses."""
    done = site.command("mkdocs", "build", env={"SITE_URL": "https://example.org/"})
    assert done.returncode == 0, done.stderr
    file = site.root / "site" / "notebooks" / "count" / "count.ipynb"
    notebook = nbformat.read(file, nbformat.NO_CONVERT)
    nbformat.validate(notebook)
    text, *cells = notebook.cells
    assert "(https://example.org/topic/one/)" in text.source
    assert [cell.source.split("\n")[-1] for cell in cells] == [
        "print(len(words))",
        '        return "<table><tr><th>a</th><td>2 < 3</td></tr></table>"',
        "Table()",
        "words[9]",
    ]
    printed, _, shown, raised = (cell.outputs for cell in cells)
    assert printed[0].text == "3\n"
    assert shown[0].data["text/plain"] == "a table"
    assert "<td>2 &lt; 3</td>" in shown[0].data["text/html"]
    assert (raised[0].ename, raised[0].evalue) == ("IndexError", "list index out of range")


def test_update(workspace: Workspace) -> None:
    """Outputs are written into the notebook, which is else as it was; then there is nothing to do."""
    only(workspace, NATIVE)
    file = workspace.write("examples/notebooks/count.py", NOTEBOOK.replace("#> 3", "#> 4"))
    failed = workspace.verify()
    assert "examples/notebooks/count.py:14: printed '3', the page says '4'" in failed.stderr
    assert "updated examples/notebooks/count.py" in workspace.verify("--update").stderr
    assert file.read_text("utf-8") == NOTEBOOK
    assert "updated" not in workspace.verify("--update", "examples/notebooks/count.py").stderr


@pytest.mark.parametrize("argument", ["examples/notebooks", "examples/notebooks/cells.py:11"])
def test_pytest(workspace: Workspace, argument: str) -> None:
    """Its cells are items of pytest, by their lines."""
    only(workspace, NATIVE)
    (case,) = Case.read(CASES / "faults" / "notebook-differs.txt").files
    workspace.write("examples/notebooks/cells.py", case.content)
    done = workspace.command("pytest", "-n0", argument)
    assert "examples/notebooks/cells.py:14: printed '3', the page says '4'" in done.stdout
    assert ("raised IndexError" in done.stdout) == (":" not in argument)


def test_versions(workspace: Workspace) -> None:
    """A cell that does not run everywhere is continued only by cells that do not either."""
    only(workspace, "3.12", "3.14", NATIVE)
    cells = (
        "n = 1",
        ' python=">=3.14"\nn = 2\nprint(n)\n#> 2',
        ' skip="not here"\nn = 3',
        ' python=">=3.14"\nprint(n)\n#> 2',
        "\nprint(n)\n#> 1",
    )
    front = "# ---\n# title: Cells\n# summary: Some are for some versions.\n# ---\n"
    text = "".join(f"\n# %%{cell}\n" for cell in ("\n" + cells[0], *cells[1:]))
    workspace.write("examples/notebooks/cells.py", front + text)
    done = workspace.verify()
    assert "0 failures" in done.stderr, done.stderr


def test_no_folder(workspace: Workspace) -> None:
    """A folder of notebooks that is not there ends the command, and is named."""
    (workspace.root / "examples" / "notebooks").rmdir()
    done = workspace.verify()
    assert done.returncode == 2
    assert "`notebooks` in mkdocs.yml: there is no folder" in done.stderr


@pytest.fixture(scope="module")
def pages(tools: Project) -> dict[str, Page]:
    """The pages of the repository's notebooks, by file name."""
    return {Path(page.path).name: page for page in read_pages(tools, [FOLDER / name for name in NAMES])}


@pytest.mark.parametrize("name", NAMES)
def test_as_jupytext_reads_it(pages: dict[str, Page], name: str) -> None:
    """Other tools see the same cells."""
    read: Any = jupytext.read(FOLDER / name)
    code = [cell.source.rstrip() for cell in read.cells if cell.cell_type == "code"]
    assert [block.source.rstrip() for block in pages[name].blocks] == code
    text = "\n".join(cell.source for cell in read.cells if cell.cell_type == "markdown")
    lines = {line for line in text.split("\n") if line.strip()}
    assert lines <= set(pages[name].text.split("\n"))


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_as_a_program(tools: Project, pages: dict[str, Page], name: str, tmp_path: Path) -> None:
    """It runs by itself, to the end that its last cell says; a cell for a later Python ends it there."""
    page = pages[name]
    python = Path(sys.executable)
    if environment := page.front.environment:
        environments.provide(tools, [environment])
        python = tools.environments[environment].executable
    done = subprocess.run(
        [python, FOLDER / name],
        cwd=tmp_path,
        env={"MPLBACKEND": "agg"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    ends = [block.options.raises for block in page.blocks if block.options.raises]
    said = [block.options.python for block in page.blocks]
    later = [python for python in said if OLDER not in python and NEWEST in python]
    assert len(ends) <= 1
    assert (done.returncode != 0) == bool(ends or later), done.stderr
    assert later or all(end.partition(":")[0] in done.stderr for end in ends)


def test_json_is_as_jupyter_writes_it(site: Workspace) -> None:
    """A download that was opened and saved is the same file."""
    done = site.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    file = site.root / "site" / "notebooks" / "count" / "count.ipynb"
    text = file.read_text("utf-8")
    assert text == f"{json.dumps(json.loads(text), indent=1, sort_keys=True, ensure_ascii=False)}\n"
