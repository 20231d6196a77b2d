"""`proven export offline`."""

from pathlib import Path

import click

from proven.archive.export import export_offline
from proven.cli.common import run
from proven.project import Project, console

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_NEW_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group("export")
def export_command() -> None:
    """Write the site for those who cannot reach it."""


@export_command.command("offline")
@click.option("--site", type=_FOLDER, help="The built site; without it, it is built.")
@click.option("--to", "target", type=_NEW_FOLDER, help="The folder for the archive, instead of dist/.")
def offline_command(site: Path | None, target: Path | None) -> None:
    """Write the whole site as an archive whose index.html works by double click."""

    def export(project: Project) -> bool:
        archive = export_offline(project, target or project.root / "dist", site)
        console().print(f"{archive.stat().st_size / 1e6:.1f} MB: unpack it anywhere, and open index.html")
        click.echo(archive)
        return False

    run(export)
