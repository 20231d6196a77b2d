"""The package as it is installed on another site, and the packages beside it."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from proven.project import BROWSER

from .corpus_pages import change, parse
from .workspace import ROOT, SHARED, Workspace, own

pytestmark = pytest.mark.slow


def test_native_alone_needs_no_npm(guest: Workspace) -> None:
    """A site that asks for the build's own Python only installs nothing, and has no Run buttons."""
    change(guest, "mkdocs.yml", '["3.14", native]', "[native]")
    change(guest, "handbook/guide/sessions.md", 'python=">=3.14"', 'skip="needs 3.14"')
    for name in SHARED:
        own(guest, name)
    done = guest.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert not (guest.root / ".proven" / "node_modules").exists()
    html = parse(guest.root / "site" / "index.html")
    assert not html.css('script[src*="runner"]')
    assert f"{BROWSER}." not in html.css(".pp-verified")[0].text()


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
    own(guest, ".proven/theme")
    env = {"PYTHONPATH": str(tmp_path / "installed")}
    where = [sys.executable, "-c", "import proven; print(proven.__file__)"]
    imported = subprocess.run(where, env={**os.environ, **env}, capture_output=True, text=True, check=True)
    assert str(tmp_path) in imported.stdout
    done = guest.command("mkdocs", "build", "--strict", env=env)
    assert done.returncode == 0, done.stderr
    assert "Compiling the browser's runner" in done.stderr
    assert "Collecting the browser's runtime" in done.stderr
    assert (guest.root / "site" / "assets" / "runner" / "main.js").is_file()
