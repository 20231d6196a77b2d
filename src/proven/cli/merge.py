"""`proven merge`."""

from pathlib import Path

import click

from proven.cli.common import interpreter_option, pages_at, run, tell
from proven.project import Project, chosen, console, progress
from proven.run import cache
from proven.toolchain import distribution, npm
from proven.verify import archive


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@interpreter_option
def merge_command(files: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Take over what shards exported (FILES, or folders of them), and judge the whole site without a run."""

    def merged(project: Project) -> bool:
        npm.install(project)
        distribution.provide(project)
        interpreters = chosen(project, names)
        archives = archive.read(files, project)
        pages, wrong = pages_at(project, ())
        recorded = cache.Known.of(project)
        taken = archive.take(archives, recorded)
        console().print(f"Merged {taken} results from {len(archives)} archives")
        with progress() as show:
            failures = archive.judge(project, archives, recorded, pages, interpreters, show)
        return tell(pages, [*wrong, *failures], 0)

    run(merged)
