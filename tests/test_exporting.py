"""`proven export offline` writes one archive, whole or not at all, the same for the same site."""

import os
import zipfile
from pathlib import Path

import pytest

from proven.archive import export
from proven.model import Unavailable
from proven.project import Project

from .workspace import Workspace

PAGE = (
    '<!doctype html><meta charset="utf-8"><a href="topic/?h=x#why">1</a> <a href="./#top">2</a> '
    '<a href="https://docs.python.org/3/">3</a> <a href="guide.pdf">4</a>'
    '<script src="assets/runner/main.js"></script>'
)
FILES = {
    "index.html": PAGE,
    "topic/index.html": '<!doctype html><a href="..">up</a>',
    "assets/runner/main.js": "",
    "assets/runner/worker.js": "postMessage(1)",
    "service-worker.js": "",
    "sitemap.xml": "<urlset/>",
    "PX001/index.html": "<!doctype html>",
    "px001/index.html": "<!doctype html>",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """What stands for a built site."""
    for name, content in FILES.items():
        (tmp_path / "built" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "built" / name).write_text(content, "utf-8")
    return tmp_path / "built"


def exported(workspace: Workspace, site: Path, name: str) -> Path:
    """The archive that the command writes."""
    done = workspace.command("proven", "export", "offline", "--site", str(site), "--to", name)
    assert done.returncode == 0, done.stderr
    assert "pages and exports" in done.stderr
    return workspace.root / done.stdout.strip()


def test_the_same_site_gives_the_same_bytes(workspace: Workspace, site: Path) -> None:
    """Neither the time nor the order of files is in the archive."""
    first = exported(workspace, site, "one")
    for file in site.rglob("*.html"):
        os.utime(file, (0, 0))
    assert exported(workspace, site, "two").read_bytes() == first.read_bytes()


def test_pages_name_files(workspace: Workspace, site: Path) -> None:
    """Links to folders lead to their pages; others stay; what only a server can use is left out."""
    with zipfile.ZipFile(exported(workspace, site, "out")) as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
        top = packed.namelist()[0].partition("/")[0]
        page = packed.read(f"{top}/index.html").decode()
        below = packed.read(f"{top}/topic/index.html").decode()
    assert 'href="topic/index.html?h=x#why"' in page
    assert 'href="./index.html#top"' in page
    assert 'href="https://docs.python.org/3/"' in page
    assert 'href="guide.pdf"' in page
    assert 'href="../index.html"' in below
    left = {"assets/runner/worker.js", "service-worker.js", "sitemap.xml", "px001/index.html"}
    added = {"assets/runner/worker.js.js", "assets/runner/carrier.js"}
    assert names == FILES.keys() - left | added


def test_an_archive_that_is_too_big_is_not_written(
    workspace: Workspace, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive of before stays."""
    old = exported(workspace, site, "out").read_bytes()
    monkeypatch.setattr(export, "LIMIT", 1_000)
    with pytest.raises(Unavailable, match=r"has \d+\.\d MB, at most"):
        export.export_offline(Project.around(workspace.root), workspace.root / "out", site)
    assert next((workspace.root / "out").iterdir()).read_bytes() == old
    assert not list((workspace.root / ".proven").glob("offline-*"))


def test_a_folder_that_is_no_site_is_refused(workspace: Workspace, tmp_path: Path) -> None:
    """One message says what is wrong, and what to do."""
    (tmp_path / "empty").mkdir()
    done = workspace.command("proven", "export", "offline", "--site", str(tmp_path / "empty"))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-2:] == [
        f"proven: {tmp_path / 'empty'} is no built site whose blocks run: it has no assets/runner/main.js",
        "    Build one, `uv run mkdocs build`, or leave out --site.",
    ]


def test_a_site_that_does_not_build_is_not_exported(workspace: Workspace) -> None:
    """What the build says is the reason, and nothing is written."""
    workspace.write("docs/index.md", '# Page\n\n```python needs="threads"\nprint(1)\n#> 2\n```\n')
    done = workspace.command("proven", "export", "offline")
    assert done.returncode == 2
    assert "docs/index.md:" in done.stderr
    assert "the site cannot be built, for the reason above" in done.stderr
    assert not (workspace.root / "dist").exists()
