"""Projects to try the commands on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from proven.assets import ensure
from proven.project import Project
from proven.project.package import BROWSER
from proven.toolchain import wheels

from . import in_process
from .small_site import CODES, COURSE, MIXED, rule

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as containers set it: each program compiles all it imports

ROOT = Path(__file__).parents[1]
CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parent / "corpus"
PACKAGES = Path(__file__).parent / "packages"
THEMES = ("material", "mkdocs")


@dataclass(frozen=True)
class Workspace:
    """A small project in a folder of its own; tools and snapshots are the repository's."""

    root: Path

    def write(self, name: str, content: str | bytes) -> Path:
        """Write a file, by its path from the project's root."""
        file = self.root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def command(
        self, *arguments: str, env: dict[str, str] | None = None, prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run `proven`, `mkdocs` or `pytest` as a user would, in the project; by way of `prefix`, if any."""
        if arguments[0] in in_process.COMMANDS and env is None and not prefix:
            return in_process.run(self.root, arguments[0], arguments[1:])
        return self.process(*arguments, env=env, prefix=prefix)

    def process(
        self, *arguments: str, env: dict[str, str] | None = None, prefix: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run it in a process of its own, whatever it is."""
        return subprocess.run(
            [*prefix, sys.executable, "-m", *arguments],
            cwd=self.root,
            env={**os.environ, "NO_COLOR": "1", **(env or {})},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    def verify(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `proven verify`."""
        return self.command("proven", "verify", *arguments)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes a browser, and leave it to the end; begin with the gates, which are long."""
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker("browser")
    items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), item.path.name != "test_gates.py"))


@pytest.fixture(scope="session")
def tools() -> Project:
    """The repository, with everything installed and built."""
    project = Project.around(ROOT)
    ensure.ensure(project)
    wheels.provide(project)
    return project


SHARED = (".proven/node_modules", ".proven/snapshots", ".proven/theme", ".proven/packages")
"""What a project installs and builds, and takes long."""


def share(root: Path) -> None:
    """Let a project use what the repository has installed and built; parts of a theme it can make anew."""
    (root / ".proven").mkdir(parents=True)
    for name in SHARED:
        if name.endswith("theme"):
            shutil.copytree(ROOT / name, root / name, copy_function=os.symlink)
        else:
            (root / name).symlink_to(ROOT / name, target_is_directory=True)


def own(workspace: Workspace, name: str) -> Path:
    """Give a project a folder of its own in place of the shared one: its path, where nothing is any more."""
    path = workspace.root / name
    path.unlink() if path.is_symlink() else shutil.rmtree(path)
    return path


FEW = ("3.12", BROWSER, "native")
"""Interpreters for what is not about them; one starts without a snapshot, and takes three times as long."""


def only(workspace: Workspace, *interpreters: str) -> None:
    """Have a project verified on these interpreters."""
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    setting = f"rules: true\n      interpreters: {json.dumps(interpreters)}"
    workspace.write("mkdocs.yml", settings.replace("rules: true", setting))


def empty_project(root: Path) -> Workspace:
    """An empty project that shares the repository's tools, which have to be there."""
    root.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "overrides", root / "overrides")
    (root / "docs").mkdir()
    share(root)
    return Workspace(root)


@pytest.fixture(scope="session")
def typeshed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What mypy remembers of the standard library, for the tests of one process."""
    return tmp_path_factory.mktemp("mypy")


@pytest.fixture
def workspace(tmp_path: Path, tools: Project, typeshed: Path) -> Workspace:
    """An empty project that shares the repository's tools."""
    made = empty_project(tmp_path / "project")
    (made.root / ".proven" / "mypy").symlink_to(typeshed, target_is_directory=True)
    return made


def write_small_site(workspace: Workspace) -> Workspace:
    """Give a project two rules, verified on a few interpreters."""
    only(workspace, *FEW)
    workspace.write("docs/index.md", "---\ntitle: Home page\n---\n\n# Home page\n")
    workspace.write("codes.toml", CODES)
    workspace.write("docs/topic/index.md", COURSE)
    workspace.write("docs/topic/one.md", rule("PX901", "PX902"))
    workspace.write("docs/topic/two.md", rule("PX902", "PX901"))
    return workspace


@pytest.fixture
def unverified_site(workspace: Workspace) -> Workspace:
    """A project with two rules, for what needs no results."""
    return write_small_site(workspace)


type Once = Callable[[str, Callable[[Path], object]], Path]
"""Gives the folder of a name, which the function has filled, once for all workers."""


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Make what many tests start from by one worker, while the others wait or go on."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def made(name: str, build: Callable[[Path], object]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a build that failed has left
                build(folder)
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def small_results(tools: Project, once: Once) -> Path:
    """What verifying the small site gives, so that not every test that starts from it runs it."""

    def verify(folder: Path) -> None:
        site = write_small_site(empty_project(folder))
        (folder / "assets").mkdir()
        for command in (("verify",), ("assets", "assets")):
            done = site.command("proven", *command)
            assert done.returncode == 0, done.stderr

    return once("small", verify) / ".proven"


@pytest.fixture
def small_site(workspace: Workspace, small_results: Path) -> Workspace:
    """A project with two rules, whose results are known."""
    take_results(workspace, small_results)
    return write_small_site(workspace)


def take_results(workspace: Workspace, results: Path) -> None:
    """Let a project have what is known of another, and its theme, which depends on the interpreters."""
    for name in ("results", "tools"):
        shutil.copytree(results / name, workspace.root / ".proven" / name)
    shutil.copytree(results / "theme", own(workspace, ".proven/theme"), copy_function=os.symlink)


@pytest.fixture(scope="session")
def built_small(small_results: Path, once: Once) -> Workspace:
    """The small site, built as it is, for tests that only look; what the build said is in build.log."""

    def build(folder: Path) -> None:
        site = empty_project(folder)
        take_results(site, small_results)
        done = write_small_site(site).command("mkdocs", "build", "--strict")
        assert done.returncode == 0, done.stderr
        site.write("build.log", done.stdout + done.stderr)

    return Workspace(once("built-small", build))


@pytest.fixture
def warm_site(built_small: Workspace, tmp_path: Path) -> Workspace:
    """The small site after a build, to change."""
    return Workspace(shutil.copytree(built_small.root, tmp_path / "warm", symlinks=True))


@pytest.fixture
def mixed(workspace: Workspace) -> Workspace:
    """A project with one page, whose last block is wrong, for a pytest that is as strict as this one."""
    workspace.write("pytest.ini", "[pytest]\nfilterwarnings = error\naddopts = --strict-markers\n")
    workspace.write("docs/page.md", MIXED)
    return workspace


def built_project(once: Once, source: Path, sites: dict[str, dict[str, str]]) -> Workspace:
    """A copy of a project, and sites of it: a folder for each environment."""

    def build(root: Path) -> None:
        shutil.copytree(source, root)
        share(root)
        for folder, env in sites.items():
            done = Workspace(root).command("mkdocs", "build", "--strict", "--site-dir", folder, env=env)
            assert done.returncode == 0, done.stderr

    return Workspace(once(source.name, build))


@pytest.fixture(scope="session")
def built_corpus(once: Once, tools: Project) -> Workspace:
    """The corpus, with a site for each theme."""
    return built_project(once, CORPUS, {f"site-{theme}": {"TIDAL_THEME": theme} for theme in THEMES})


@pytest.fixture(scope="session")
def built_packages(once: Once, tools: Project) -> Workspace:
    """A site whose blocks import packages."""
    return built_project(once, PACKAGES, {"site": {}})


@pytest.fixture
def guest(built_corpus: Workspace, tmp_path: Path) -> Workspace:
    """The corpus to change, with all results."""
    return Workspace(shutil.copytree(built_corpus.root, tmp_path / "guest", symlinks=True))
