"""Install the npm packages of the lock file, whole or not at all."""

import shutil
from pathlib import Path

from filelock import FileLock

from proven.model import Unavailable
from proven.project import REPOSITORY, RUNNER, Project, digest
from proven.project.package import LOCK
from proven.toolchain.node import npm
from proven.toolchain.product import product, run


def install(project: Project) -> None:
    """Bring npm packages up to date.

    Raises:
        Unavailable: They cannot be had. What was there before is still there.
    """
    _own_folder(project.cache)
    if project.settings.interpreters != ("native",):
        with FileLock(project.cache / "toolchain.lock"):
            _npm_packages(project)


def _own_folder(folder: Path) -> None:
    """Make a folder that git leaves alone, as other tools' caches are.

    Raises:
        Unavailable: The disk does not take it.
    """
    try:
        folder.mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError as error:
        raise Unavailable(f"{error}\n    Make room, and let the folder be written.") from None


def _npm_packages(project: Project) -> None:
    product(
        project.cache,
        project.modules,
        digest([LOCK]),
        "Installing npm packages",
        lambda staging: _npm_ci(staging, () if project.root == REPOSITORY else ("--omit=dev",)),
    )


def _npm_ci(staging: Path, options: tuple[str, ...]) -> Path:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(RUNNER / name, staging)
    run(npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", *options), staging)
    return staging / "node_modules"
