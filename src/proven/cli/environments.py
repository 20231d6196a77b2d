"""`proven environments`."""

from collections import Counter
from pathlib import Path

import click

from proven.cli.common import run
from proven.collect.pages import read_site
from proven.project import Project
from proven.project.environments import Environment


@click.command("environments")
def environments_command() -> None:
    """List the environments that blocks run in: packages, whether they are installed, and their size."""

    def listed(project: Project) -> bool:
        site, _ = read_site(project, project.pages())
        used = Counter(block.environment for block in site.blocks)
        for environment in project.environments.values():
            click.echo(_described(environment, used[environment.name]))
        if not project.environments:
            click.echo("No environments: declare one in environments/NAME/, with pyproject.toml and uv.lock.")
        return False

    run(listed)


def _described(environment: Environment, blocks: int) -> str:
    """What there is to know of an environment, on two lines."""
    state = f"installed, {_size(environment.home) / 1e6:.0f} MB" if environment.installed else "not installed"
    packages = ", ".join(f"{name} {version}" for name, version in environment.packages.items())
    return f"{environment.name}: Python {environment.python}, {state}, {blocks} blocks\n    {packages}"


def _size(folder: Path) -> int:
    """The bytes of the files in a folder; what they share with uv's cache counts too."""
    return sum(file.lstat().st_size for file in folder.rglob("*"))
