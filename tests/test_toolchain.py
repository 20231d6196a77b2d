"""What happens when something that is needed is missing, out of date, or cannot be had."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from proven.project import PACKAGE
from proven.project.package import BROWSER, NEWEST, aliases

from .workspace import ROOT, SHARED, Workspace, only, own

pytestmark = pytest.mark.slow

UNREACHABLE = {"npm_config_registry": "http://127.0.0.1:9/", "npm_config_fetch_retries": "0"}
VERSIONS = list(aliases())
EMPTY_CACHE = "npm_config_cache"


def test_no_registry(workspace: Workspace, tmp_path: Path) -> None:
    """Without npm's registry there is one clear message, and nothing is left half-made."""
    modules = own(workspace, ".proven/node_modules")
    done = workspace.command("proven", "verify", env={**UNREACHABLE, EMPTY_CACHE: str(tmp_path / "npm")})
    assert done.returncode == 2
    assert "proven: Installing npm packages: failed" in done.stderr
    assert "check the network, or npm's `registry` setting" in done.stderr.lower()
    assert "Traceback" not in done.stderr
    assert not modules.exists()
    assert not list((workspace.root / ".proven").glob("making-*"))


def test_fresh_checkout(workspace: Workspace) -> None:
    """With nothing installed and nothing built, one command gets everything and builds."""
    for name in SHARED:
        own(workspace, name)
    only(workspace, BROWSER, NEWEST)
    workspace.write("docs/index.md", "# Home page\n\n```python\nprint(1)\n#> 1\n```\n")
    done = workspace.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    for step in (
        "Installing npm packages",
        "Compiling the browser's runner",
        f"memory snapshot of CPython {NEWEST}",
    ):
        assert step in done.stderr
    runtime = next((workspace.root / "site" / "assets" / "runtime").iterdir())
    assert sorted(folder.name for folder in runtime.iterdir() if folder.is_dir()) == [BROWSER, NEWEST]
    assert (runtime / BROWSER / "snapshot.bin").is_file()
    again = workspace.command("mkdocs", "build", "--strict")
    assert "Installing" not in again.stderr


def test_packages_out_of_date_stay_when_new_ones_cannot_be_had(workspace: Workspace, tmp_path: Path) -> None:
    """A changed lock file asks for an installation; when that fails, the old packages stay."""
    modules = own(workspace, ".proven/node_modules")
    modules.mkdir()
    (modules / ".made-from").write_text("another lock file")
    (modules / "kept").write_text("")
    done = workspace.command("proven", "verify", env={**UNREACHABLE, EMPTY_CACHE: str(tmp_path / "npm")})
    assert done.returncode == 2
    assert (modules / "kept").exists()


def test_no_space(workspace: Workspace) -> None:
    """When a file cannot be written whole, there is one message, and no half of it."""
    snapshots = own(workspace, ".proven/snapshots")
    (workspace.root / "out").mkdir()
    limit = "import resource, runpy, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6)); "
    limit += (
        "import sys; sys.argv = ['proven', 'assets', 'out']; runpy.run_module('proven', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limit],
        cwd=workspace.root,
        env={**os.environ, "NO_COLOR": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2, done.stderr
    assert "Making the memory snapshot of CPython 3.12" in done.stderr
    assert "Nothing was changed" in done.stderr
    assert not list(snapshots.glob("*"))


def test_outside_a_project(tmp_path: Path) -> None:
    """Where there is no mkdocs.yml, the command says where to run it."""
    done = Workspace(tmp_path).verify()
    assert done.returncode == 2
    assert "is not in a project" in done.stderr


def test_unknown_interpreter(workspace: Workspace) -> None:
    """A wrong interpreter is answered with the right ones."""
    done = workspace.verify("--interpreter", "3.9")
    assert done.returncode == 2
    assert f"no interpreter '3.9': choose from {', '.join(VERSIONS)}, native" in done.stderr


def test_path_outside_docs(workspace: Workspace) -> None:
    """Only pages of the site can be verified."""
    done = workspace.verify("mkdocs.yml")
    assert done.returncode == 2
    assert "mkdocs.yml is not in docs/" in done.stderr


def copied(workspace: Workspace, tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A copy of the package to change, and the environment in which it is the one that is used."""
    shutil.copytree(PACKAGE, tmp_path / "src" / "proven")
    theme = own(workspace, ".proven/theme")
    shutil.copytree(ROOT / ".proven" / "theme", theme)
    return tmp_path / "src" / "proven" / "runner", {"PYTHONPATH": str(tmp_path / "src")}


def test_a_snapshot_that_does_not_run_is_not_used(workspace: Workspace, tmp_path: Path) -> None:
    """Damaged memory is noticed when the snapshot is made, and nothing is left of it."""
    runner, env = copied(workspace, tmp_path)
    snapshots = own(workspace, ".proven/snapshots")
    made = "const snapshot = pyodide.makeMemorySnapshot();"
    source = (runner / "snapshot.ts").read_text("utf-8")
    assert made in source
    damaged = f"{made}\n  snapshot.fill(0, snapshot.length >> 2, snapshot.length >> 1);"
    (runner / "snapshot.ts").write_text(source.replace(made, damaged), "utf-8")
    workspace.write("docs/index.md", "# X\n\n```python\nprint(1)\n#> 1\n```\n")
    done = workspace.command("proven", "verify", "--interpreter", "3.12", env=env)
    assert done.returncode == 2
    assert "Making the memory snapshot of CPython 3.12" in done.stderr
    assert not list(snapshots.glob("*/snapshot.bin"))


def test_a_snapshot_that_fails_once_is_made_again(workspace: Workspace, tmp_path: Path) -> None:
    """An interpreter that breaks down by chance, while its snapshot is made, gets a second try."""
    runner, env = copied(workspace, tmp_path)
    own(workspace, ".proven/snapshots")
    script, mark = runner / "node" / "snapshot.ts", tmp_path / "tried"
    fails = f"""
import {{ existsSync }} from "node:fs";
if (!existsSync("{mark.as_posix()}")) {{
  writeFileSync("{mark.as_posix()}", "");
  throw new WebAssembly.RuntimeError("memory access out of bounds");
}}
"""
    script.write_text(fails + script.read_text("utf-8"), "utf-8")
    workspace.write("docs/index.md", "# X\n\n```python\nprint(1)\n#> 1\n```\n")
    done = workspace.command("proven", "verify", "--interpreter", "3.12", env=env)
    assert done.returncode == 0, done.stderr
    assert mark.is_file()


def test_changed_runner_is_compiled_again(workspace: Workspace, tmp_path: Path) -> None:
    """What is built for the browser follows its sources."""
    runner, env = copied(workspace, tmp_path)
    workspace.write("docs/index.md", "# Nothing to run\n")
    (workspace.root / "out").mkdir()
    assert "Compiling" not in workspace.command("proven", "assets", "out", env=env).stderr
    main = runner / "browser" / "main.ts"
    main.write_text(main.read_text("utf-8") + '\nconsole.info("changed");\n', "utf-8")
    assert "Compiling the browser's runner" in workspace.command("proven", "assets", "out", env=env).stderr
    assert "changed" in (workspace.root / ".proven/theme/assets/runner/main.js").read_text("utf-8")


def test_runner_that_does_not_compile(workspace: Workspace, tmp_path: Path) -> None:
    """esbuild's own words are shown, and the last good runner stays."""
    runner, env = copied(workspace, tmp_path)
    (runner / "browser" / "main.ts").write_text("const = ;\n", "utf-8")
    (workspace.root / "out").mkdir()
    done = workspace.command("proven", "assets", "out", env=env)
    assert done.returncode == 2
    assert "runner/browser/main.ts:1" in done.stderr
    assert (workspace.root / ".proven/theme/assets/runner/main.js").is_file()


def test_verifying_takes_nothing_of_the_browser_s(workspace: Workspace) -> None:
    """`proven verify` compiles and collects nothing that only pages load."""
    theme = own(workspace, ".proven/theme")
    workspace.write("docs/index.md", "```python\nprint(1)\n#> 1\n```\n")
    assert workspace.verify("--interpreter", "3.14", "--interpreter", "native").returncode == 0
    assert not theme.exists()
