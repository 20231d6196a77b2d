"""Projects to try the commands on, as fixtures."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from proven.assets import ensure
from proven.project import Project
from proven.toolchain import wheels

from .small_site import CODES, COURSE, MIXED, rule
from .workspace import FEW, ROOT, Workspace, empty_project, only, own, share

os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # as containers set it: each program compiles all it imports

CASES = Path(__file__).parent / "cases"
CORPUS = Path(__file__).parent / "corpus"
PACKAGES = Path(__file__).parent / "packages"
THEMES = ("material", "mkdocs")


def pytest_xdist_auto_num_workers() -> int:
    """One more than processors: workers wait for what one of them makes for all, such as the built site."""
    return 1 + (os.cpu_count() or 1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what takes a browser, and leave it to the end; begin with what is long or waited for."""
    for item in items:
        if ROOT / "tests" / "browser" in item.path.parents:
            item.add_marker("browser")
    first = ("test_gates.py", "test_order.py")
    items.sort(key=lambda item: (bool(item.get_closest_marker("browser")), item.path.name not in first))


@pytest.fixture(scope="session")
def tools() -> Project:
    """The repository, with everything installed and built."""
    project = Project.around(ROOT)
    ensure.ensure(project)
    wheels.provide(project)
    return project


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
        folder, done, failed = (shared / f"{name}{end}" for end in ("", ".done", ".failed"))
        with FileLock(shared / f"{name}.lock"):
            if failed.exists():
                pytest.fail(failed.read_text("utf-8"), pytrace=False)
            if not done.exists():
                try:
                    build(folder)
                except BaseException:
                    failed.write_text(f"{name} could not be made: another test's report says why.", "utf-8")
                    raise
                done.touch()
        return folder

    return made


@pytest.fixture(scope="session")
def verified(tools: Project, once: Once) -> Project:
    """The repository, with the results of all its blocks: two workers that need them would run each twice."""

    def verify(folder: Path) -> None:
        done = Workspace(tools.root).process("proven", "verify")
        assert done.returncode == 0, done.stdout + done.stderr

    once("verified", verify)
    return tools


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
    workspace.write(
        "pytest.ini", "[pytest]\nfilterwarnings = error\naddopts = --strict-markers -p no:asyncio\n"
    )
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
