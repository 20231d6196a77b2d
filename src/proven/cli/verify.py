"""`proven verify`."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from proven.cli.common import config_option, interpreter_option, pages_at, run, tell
from proven.model import Interpreter, Page
from proven.project import Project, chosen, console, narrowed, progress
from proven.run.pool import Runners
from proven.toolchain import distribution, npm
from proven.verify import archive, update, verify
from proven.verify.shards import WHOLE, Shard


class _ShardType(click.ParamType[Shard]):
    name = "NUMBER/TOTAL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Read `2/8`."""
        try:
            return value if isinstance(value, Shard) else Shard.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


@click.command("verify")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--update", "rewrite", is_flag=True, help="Write what blocks print into their pages.")
@config_option
@interpreter_option
@click.option(
    "--without", "left_out", multiple=True, help="Leave out the blocks of this environment. Repeatable."
)
@click.option("--timeout", type=float, help="Seconds that one block may take; else what mkdocs.yml says.")
@click.option("--shard", type=_ShardType(), default=WHOLE, help="This part only: 2/8 is the second of eight.")
@click.option(
    "--export", type=click.Path(dir_okay=False, path_type=Path), help="Write the results here, to be merged."
)
def verify_command(
    paths: tuple[Path, ...],
    rewrite: bool,
    config: Path | None,
    names: tuple[str, ...],
    left_out: tuple[str, ...],
    timeout: float | None,
    shard: Shard,
    export: Path | None,
) -> None:
    """Run every block of the pages under PATHS (default: all) and compare with what the pages say."""
    if rewrite and shard != WHOLE:
        raise click.UsageError("--update writes whole pages: leave out --shard")

    def verified(project: Project) -> bool:
        project = narrowed(project.leaving_out(left_out), names)
        npm.install(project)
        distribution.provide(project)
        interpreters = chosen(project, names)
        pages, failures = pages_at(project, paths)
        part = "" if shard == WHOLE else f" of shard {shard}"
        with Runners(project, timeout or project.settings.timeout) as runners:
            with progress(part) as show:
                report = verify.verify(project, pages, interpreters, runners, show, shard)
            if rewrite and _rewrite(project, pages, interpreters, report):
                pages, failures = pages_at(project, paths)
                report = replace(verify.verify(project, pages, interpreters, runners), ran=report.ran)
        for place in report.unsteady:
            console().print(place)
        mine = [page for page in shard.blocks(pages) if page.blocks or not part]
        failed = tell(mine, [*failures, *report.failures], report.ran, part)
        if missing := distribution.unreached(project):
            console().print(missing)
        if export:
            archive.save(export, project, report, interpreters, shard)
        return failed

    run(verified, config)


def _rewrite(
    project: Project, pages: list[Page], interpreters: list[Interpreter], report: verify.Report
) -> bool:
    """Whether `--update` changed anything."""
    changed = update.update(project.root, pages, interpreters, report.cached)
    for path in changed:
        console().print(f"updated {path}")
    return bool(changed)
