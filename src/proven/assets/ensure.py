"""Bring up to date everything that verification and the browser take."""

from pathlib import Path

from filelock import FileLock

from proven.assets import checkers
from proven.assets.runtime import collect_runtime
from proven.assets.scripts import compile_scripts
from proven.project import BROWSER, RUNNER, Project, digest
from proven.toolchain import distribution, wheels
from proven.toolchain.npm import install
from proven.toolchain.product import product
from proven.toolchain.snapshots import snapshot
from proven.toolchain.worker import worker

_STYLES = (
    "document/details.css",
    "page/blocks.css",
    "page/changes.css",
    "page/links.css",
    "page/actions.css",
    "page/results.css",
    "measured/measured.css",
    "editor/editor.css",
)


def ensure(project: Project) -> None:
    """Bring up to date what the site's interpreters take: npm packages, snapshots, the browser's files.

    Raises:
        Unavailable: Something cannot be had. What was there before is still there.
    """
    install(project)
    distribution.provide(project)
    with FileLock(project.cache / "toolchain.lock"):
        _style(project)
        if project.settings.interpreters == ("native",):
            return
        worker(project)
        for interpreter in project.pyodides():
            snapshot(project, interpreter)
        wheels.announce(project)
        if project.wants(BROWSER):
            checkers.ensure(project)
        compile_scripts(project)
        collect_runtime(project)


def _style(project: Project) -> None:
    """The look of blocks, one file for every theme."""
    sources = [RUNNER / "browser" / name for name in _STYLES]

    def build(staging: Path) -> Path:
        (staging / "out").mkdir()
        text = "\n".join(source.read_text("utf-8") for source in sources)
        (staging / "out" / "style.css").write_text(text, "utf-8")
        return staging / "out"

    product(project.cache, project.assets / "blocks", digest(sources), "Collecting style sheets", build)
