"""Build the site, and write the archive of it: `export_offline(project, target) -> archive`."""

import re
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from rich.table import Table

from proven.archive import folder, pack, pages
from proven.assets import ensure, scripts
from proven.model import Unavailable
from proven.project import Project, console, progress, step
from proven.project.packages import distribution

LIMIT = 60_000_000
"""Bytes that the archive may have: what one can still send and keep."""


def export_offline(project: Project, target: Path, built: Path | None = None) -> Path:
    """Build the site, and write the archive of it.

    Args:
        project: The site.
        target: The folder for the archive.
        built: The site as it has been built already, if it has.

    Returns:
        The archive.

    Raises:
        Unavailable: The site cannot be built, the archive is too big, or the disk does not take it.
    """
    ensure.ensure(project)
    with tempfile.TemporaryDirectory(prefix="offline-", dir=project.cache) as name:
        staging = Path(name)
        site = _checked(built) if built else _build(project, staging / "site")
        whole = staging / _name(project)
        without = {wheel.name for wheel in distribution(project.cache).glob("*.whl")}
        with step("Compiling what gets files from disk"):
            script = scripts.build_carrier(project, staging)
        try:
            with progress() as show:
                folder.make(site, whole, script, project.cache / "packed", show, without)
            with step("Packing the archive"):
                sizes = pack.pack(whole, staging / "archive.zip")
            _tell(sizes)
            packages = any((site / "assets" / "packages").rglob("*.whl"))
            left_out = [
                *(["translations and parts of packages that no page uses"] if packages else ()),
                *sorted(without),
            ]
            if left_out:
                console().print(f"left out, for their size: {', '.join(left_out)}")
            return _publish(staging / "archive.zip", target / f"{whole.name}.zip")
        except OSError as error:
            raise Unavailable(f"{error}\n    Nothing was changed. Make room, and start again.") from None


def _checked(site: Path) -> Path:
    if not (site / pages.MAIN).is_file():
        remedy = "Build one, `uv run mkdocs build`, or leave out --site."
        raise Unavailable(f"{site} is no built site whose blocks run: it has no {pages.MAIN}\n    {remedy}")
    return site


def _build(project: Project, site: Path) -> Path:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    if subprocess.run(command, cwd=project.root, check=False).returncode:
        raise Unavailable("the site cannot be built, for the reason above\n    Nothing was changed.")
    return _checked(site)


def _name(project: Project) -> str:
    """What archive and folder are called: the site's name, and the version of the project around it."""
    slug = re.sub(r"\W+", "-", project.settings.name.lower()).strip("-") or "site"
    file = project.root / "pyproject.toml"
    about = tomllib.loads(file.read_text("utf-8")).get("project", {}) if file.is_file() else {}
    return "-".join([slug, *([about["version"]] if "version" in about else [])])


def _tell(sizes: Counter[str]) -> None:
    table = Table("part", "MB", box=None)
    table.columns[1].justify = "right"
    for part, size in sorted(sizes.items(), key=lambda item: -item[1]):
        table.add_row(part, f"{size / 1e6:.1f}")
    console().print(table)


def _publish(made: Path, target: Path) -> Path:
    """Put the archive in place, unless it is too big."""
    size = made.stat().st_size
    if size > LIMIT:
        raise Unavailable(
            f"the archive has {size / 1e6:.1f} MB, at most {LIMIT / 1e6:.0f} are allowed\n"
            "    The table says what takes the space. Nothing was changed."
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    made.replace(target)
    return target
