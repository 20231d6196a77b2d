"""`proven packages`."""

import click

from proven.cli.common import run
from proven.project import Project, packages
from proven.toolchain import lock, npm


@click.command("packages")
@click.option("--update", "rewrite", is_flag=True, help="Lock what packages.toml asks for anew.")
def packages_command(rewrite: bool) -> None:
    """Say what blocks can import in WebAssembly besides the standard library."""

    def listed(project: Project) -> bool:
        if rewrite:
            npm.install(project)
            lock.update(project, project.lists)
        for line in packages.read(project.lists).lines():
            click.echo(line)
        return False

    run(listed)
