"""The plugin on a site of someone else's: tests/corpus/, whose mkdocs.yml only names it."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock
from selectolax.lexbor import LexborHTMLParser

from proven import site
from proven.model import Page
from proven.project import Project

from .conftest import ROOT, Workspace, share

CORPUS = Path(__file__).parent / "corpus"
THEMES = ("material", "mkdocs")
PAGES = sorted(
    file.relative_to(CORPUS / "handbook").as_posix()
    for file in (CORPUS / "handbook").rglob("*.md")
    if "drafts" not in file.parts
)


def parse(page: Path) -> LexborHTMLParser:
    """A built page."""
    return LexborHTMLParser(page.read_text("utf-8"))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, tools: Project) -> Workspace:
    """The corpus, built once for all workers: a site for each theme."""
    shared = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None
    root = (shared or tmp_path_factory.getbasetemp()) / "corpus"
    with FileLock(root.with_suffix(".lock")):
        if not (root / "built").exists():
            shutil.copytree(CORPUS, root)
            share(root)
            for theme in THEMES:
                done = Workspace(root).command(
                    "mkdocs", "build", "--strict", "--site-dir", f"site-{theme}", env={"TIDAL_THEME": theme}
                )
                assert done.returncode == 0, done.stderr
            (root / "built").touch()
    return Workspace(root)


@pytest.fixture
def guest(built: Workspace, tmp_path: Path) -> Workspace:
    """The corpus to change, with all results."""
    root = tmp_path / "guest"
    shutil.copytree(built.root, root, symlinks=True)
    return Workspace(root)


def change(workspace: Workspace, name: str, old: str, new: str) -> None:
    """Change a file, which has what is to be changed."""
    text = (workspace.root / name).read_text("utf-8")
    assert old in text
    workspace.write(name, text.replace(old, new, 1))


def place(workspace: Workspace, name: str, text: str) -> str:
    """Where a text stands, as messages say it."""
    lines = (workspace.root / name).read_text("utf-8").splitlines()
    return f"{name}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


def collected(root: Path) -> dict[str, Page]:
    """The pages of the corpus as they are verified."""
    project = Project.of(root / "mkdocs.yml")
    return {page.path: page for page in site.read_pages(project, project.pages())}


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("page", PAGES)
def test_every_block_is_shown_as_verified(built: Workspace, theme: str, page: str) -> None:
    """Each block of Python on a built page is one that was verified, character for character."""
    folder = page.removesuffix(".md").removesuffix("index")
    html = parse(built.root / f"site-{theme}" / folder / "index.html")
    shown = [block.css(".pp-code code")[0].text() for block in html.css(".pp-block")]
    blocks = collected(built.root)[f"handbook/{page}"].blocks
    verified = [block.code if block.is_python else block.source for block in blocks]
    assert [text.rstrip() for text in shown] == [text.rstrip() for text in verified]
    python = [block for block in blocks if block.is_python]
    assert len(html.css("div.language-python, div.language-pycon")) == len(python)


def test_blocks_are_many_and_of_every_kind() -> None:
    """The corpus is what it is meant to be: 45 blocks, none from a draft, a notebook or another fence."""
    pages = collected(CORPUS)
    assert sum(len(page.blocks) for page in pages.values()) == 45
    assert not pages["handbook/reference/fences.md"].blocks
    assert sorted(pages) == [f"handbook/{page}" for page in PAGES]


@pytest.mark.parametrize("theme", THEMES)
def test_looks_come_with_the_plugin(built: Workspace, theme: str) -> None:
    """Style sheet and script are linked from every theme, and are there; the site keeps its own."""
    page = built.root / f"site-{theme}" / "guide" / "lists"
    html = parse(page / "index.html")
    links = [link.attributes["href"] or "" for link in html.css("link")]
    scripts = [script.attributes["src"] or "" for script in html.css("script[src]")]
    for name in ("../../assets/blocks/style.css", "../../own.css"):
        assert name in links
    for name in [*links, *scripts]:
        assert "://" not in name
    assert "../../assets/runner/main.js" in scripts
    runtime = re.findall(r"[0-9a-f]{16}", (page / "../../assets/runner/main.js").read_text("utf-8"))
    assert (page / "../../assets/runtime" / runtime[0] / "pyodide.mjs").is_file()


def test_the_highlighter_gets_its_options(built: Workspace) -> None:
    """Title, line numbers, classes and id reach the page; marked lines are those of the fence as written."""
    html = parse(built.root / "site-material" / "start" / "first-tide" / "index.html")
    numbered, annotated, named, *_ = html.css(".pp-block")
    assert [one.text() for one in numbered.css("span.filename")] == ["tide.py"]
    assert [one.text() for one in numbered.css(".hll")] == ["\n", "print(heights(6.0, 2.0))\n"]
    assert "1\n2\n" in numbered.css(".linenodiv")[0].text()
    assert annotated.css(".highlight.annotate")
    assert named.css("#numbers.highlight")


def test_navigation_and_notebooks_are_left_alone(built: Workspace) -> None:
    """The pages come in the order of the site's own `nav`; a notebook is copied as it is."""
    html = parse(built.root / "site-mkdocs" / "index.html")
    order = [link.attributes["href"] or "" for link in html.css(".navbar-nav")[0].css("a")]
    assert [one for one in order if one.endswith("/") or one == "."] == [
        ".",
        "reference/fences/",
        "guide/lists/",
        "guide/boxes/",
        "guide/included/",
        "guide/sessions/",
        "start/install/",
        "start/first-tide/",
    ]
    notebook = "notebooks/tour.ipynb"
    same = (built.root / "site-mkdocs" / notebook).read_bytes() == (
        CORPUS / "handbook" / notebook
    ).read_bytes()
    assert same


def test_what_is_wrong_is_found_wherever_it_stands(guest: Workspace) -> None:
    """In a tab, a footnote, an included page and an included file: each by the line that is to be mended."""
    change(guest, "handbook/start/install.md", "#> LF", "#> CR")
    change(guest, "handbook/guide/lists.md", "#> noted", "#> not noted")
    change(guest, "README.md", "#> 12:25:00", "#> 12:24:00")
    change(guest, "examples/harbour.py", "1.0 False", "1.0 True")
    change(guest, "parts/aside.md", 'print("aside")\n    #> aside', 'raise ValueError("aside")')
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    for name, text, message in (
        ("handbook/start/install.md", "#> CR", "printed 'LF', the page says 'CR'"),
        ("handbook/guide/lists.md", "#> not noted", "printed 'noted', the page says 'not noted'"),
        ("README.md", "#> 12", "printed '12:25:00', the page says '12:24:00'"),
        (
            "examples/harbour.py",
            "1.0 True",
            "printed 'Quayside 1.0 False', the page says 'Quayside 1.0 True'",
        ),
        ("parts/aside.md", "ValueError", "raised ValueError: aside"),
    ):
        assert f"{place(guest, name, text)}: {message}" in done.stderr
    assert "5 failures" in done.stderr


def test_a_changed_include_is_verified_anew(guest: Workspace) -> None:
    """A page depends on what it includes: with that changed, its blocks are run again, and no others."""
    assert "45 blocks, 0 runs" in guest.command("mkdocs", "build").stderr
    change(guest, "examples/harbour.py", "sill=1.5", "sill=1.4")
    assert "45 blocks, 2 runs" in guest.command("mkdocs", "build").stderr
    assert "45 blocks, 0 runs" in guest.command("mkdocs", "build").stderr


def test_missing_include(guest: Workspace) -> None:
    """A file that cannot be included is an error at its line, whatever pymdownx.snippets would do."""
    change(guest, "handbook/guide/included.md", '"harbour.py:3:3"', '"nowhere.py"')
    done = guest.verify()
    assert done.returncode == 1
    where = place(guest, "handbook/guide/included.md", "nowhere")
    assert f"{where}: Snippet at path 'nowhere.py' could not be found" in done.stderr


def test_update_leaves_includes_alone(guest: Workspace) -> None:
    """What pages include is not rewritten: the failure stays, and says so."""
    change(guest, "README.md", "#> 12:25:00", "#> 12:24:00")
    before = (guest.root / "README.md").read_text("utf-8")
    done = guest.verify("--update")
    assert done.returncode == 1
    assert "--update does not write into what a page includes" in done.stderr
    assert (guest.root / "README.md").read_text("utf-8") == before


def test_the_command_reads_the_same_configuration(guest: Workspace) -> None:
    """`proven verify`, from any folder of the site, finds its pages and its interpreters."""
    done = Workspace(guest.root / "handbook").verify()
    assert done.returncode == 0, done.stderr
    assert "45 blocks on 8 pages, 0 runs, 0 failures" in done.stderr
    wrong = guest.verify("--interpreter", "3.12")
    assert "no interpreter '3.12': choose from 3.14, native" in wrong.stderr


def test_unknown_interpreter_in_the_configuration(guest: Workspace) -> None:
    """A wrong name in mkdocs.yml is answered with the right ones, before anything is built."""
    change(guest, "mkdocs.yml", '"3.14"', '"3.9"')
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert "no interpreter '3.9'\n    Choose from 3.11, 3.12, 3.13, 3.14, 3.15, native" in done.stderr


def test_a_fence_of_somebody_elses(guest: Workspace) -> None:
    """Where the site hands Python to another extension, it says so rather than verify nothing."""
    change(guest, "mkdocs.yml", "name: mermaid", "name: python")
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert "custom_fences hands 'python' to something else" in done.stderr


def test_blocks_that_another_plugin_writes(guest: Workspace) -> None:
    """A block that stands in no file was not verified: the build stops, without a traceback."""
    hook = (
        "def on_page_markdown(markdown, **_):\n    return markdown + '\\n\\n```python\\nprint(0)\\n```\\n'\n"
    )
    guest.write("hook.py", hook)
    change(guest, "mkdocs.yml", "plugins:", "hooks: [hook.py]\n\nplugins:")
    done = guest.command("mkdocs", "build")
    assert done.returncode == 1
    assert "the page shows a block that was not verified: 'print(0)'" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((guest.root / ".proven").glob("site-*"))


def test_native_alone_needs_no_npm(guest: Workspace) -> None:
    """A site that asks for the build's own Python only installs nothing, and has no Run buttons."""
    change(guest, "mkdocs.yml", '["3.14", native]', "[native]")
    change(guest, "handbook/guide/sessions.md", 'python=">=3.14"', 'skip="needs 3.14"')
    for name in ("node_modules", "snapshots", "theme"):
        (guest.root / ".proven" / name).unlink()
    done = guest.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert not (guest.root / ".proven" / "node_modules").exists()
    html = parse(guest.root / "site" / "index.html")
    assert not html.css('script[src*="runner"]')
    assert "3.14.2" not in html.css(".pp-verified")[0].text()


def test_code_under_development_is_run_again(workspace: Workspace, tmp_path: Path) -> None:
    """A package installed in place changes without changing its version: native results follow its code."""
    workspace.write("docs/x.md", "```python\nprint(1)\n#> 1\n```\n")
    metadata = tmp_path / "lib" / "acme-1.0.dist-info"
    (tmp_path / "acme").mkdir()
    metadata.mkdir(parents=True)
    origin = f'{{"url": "{(tmp_path / "acme").as_uri()}", "dir_info": {{"editable": true}}}}'
    (metadata / "direct_url.json").write_text(origin)
    ran = []
    for code in ("a = 1", "a = 1", "a = 2"):
        (tmp_path / "acme" / "acme.py").write_text(code)
        arguments = ("--interpreter", "3.14", "--interpreter", "native")
        done = workspace.command("proven", "verify", *arguments, env={"PYTHONPATH": str(tmp_path / "lib")})
        ran += re.findall(r"(\d+) runs", done.stderr)
    assert ran == ["2", "0", "1"]


def test_code_under_development_is_there(workspace: Workspace, tmp_path: Path) -> None:
    """A native block imports the package that the site is about, from where it is developed."""
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "acme.py").write_text("ANSWER = 42\n")
    (packages,) = venv.rglob("site-packages")
    lines = (str(tmp_path / "acme"), sysconfig.get_path("purelib"), str(ROOT / "src"))
    (packages / "all.pth").write_text("\n".join(lines))
    workspace.write("docs/x.md", '```python needs="acme"\nimport acme\n\nprint(acme.ANSWER)\n#> 42\n```\n')
    python = venv / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    command = [str(python), "-m", "proven", "verify", "--interpreter", "native"]
    done = subprocess.run(command, cwd=workspace.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "1 runs, 0 failures" in done.stderr


def test_an_installed_package_brings_all_it_takes(guest: Workspace, tmp_path: Path) -> None:
    """From the wheel alone, far from the repository, everything is built anew and the site with it."""
    uv = os.environ.get("UV", "uv")
    command = [uv, "build", "--quiet", "--offline", "--wheel", "--out-dir", str(tmp_path), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(tmp_path / "installed")
    (guest.root / ".proven" / "theme").unlink()
    env = {"PYTHONPATH": str(tmp_path / "installed")}
    where = [sys.executable, "-c", "import proven; print(proven.__file__)"]
    there = subprocess.run(where, env={**os.environ, **env}, capture_output=True, text=True, check=True)
    assert str(tmp_path) in there.stdout
    done = guest.command("mkdocs", "build", "--strict", env=env)
    assert done.returncode == 0, done.stderr
    assert "Compiling the browser's runner" in done.stderr
    assert "Collecting the browser's runtime" in done.stderr
    assert (guest.root / "site" / "assets" / "runner" / "main.js").is_file()
