"""`proven assets`."""

import shutil
from pathlib import Path

import click

from proven.assets import ensure
from proven.cli.common import run
from proven.collect import pages
from proven.model import Site
from proven.project import Project
from proven.publish import finish
from proven.rules import coverage
from proven.toolchain import wheels
from proven.verify.plan import plan_blocks, takes_packages


@click.command("assets")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def assets_command(folder: Path) -> None:
    """Write what blocks take in the browser to FOLDER, a site that was built without the plugin."""

    def copied(project: Project) -> bool:
        ensure.ensure(project)
        whole = Site(tuple(pages.read_pages(project, project.pages())))
        plan = plan_blocks(list(whole.pages), project.interpreters())
        packages = [wheels.theme(project)] if takes_packages(plan) else []
        for theme in (project.theme, *packages):
            shutil.copytree(theme, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
        finish.write(folder, coverage.coverage(whole, project.settings.directories))
        return False

    run(copied)
