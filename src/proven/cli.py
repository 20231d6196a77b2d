"""The `proven` command: a module for each subcommand."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from proven.annotating import annotate_command
from proven.assets import ensure
from proven.collect import pages
from proven.exporting import export_command
from proven.model import Failure, Failures, Interpreter, Page, Site
from proven.noting import addresses_command
from proven.outcome import run
from proven.project import Project, chosen, console, packages, progress
from proven.publish import finish
from proven.rules import address_list, coverage, ledger, site
from proven.run import cache
from proven.run.pool import Runners
from proven.toolchain import lock, npm, wheels
from proven.verify import archive, update, verify
from proven.verify.plan import takes_packages, written
from proven.verify.shards import WHOLE, Shard


class _ShardType(click.ParamType[Shard]):
    name = "NUMBER/TOTAL"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Shard:
        """Read `2/8`."""
        try:
            return value if isinstance(value, Shard) else Shard.parse(value)
        except ValueError as error:
            self.fail(str(error), param, ctx)


interpreter_option = click.option(
    "--interpreter", "names", multiple=True, help="On this one only: 3.11 to 3.15, or native. Repeatable."
)


@click.command("verify")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--update", "rewrite", is_flag=True, help="Write what blocks print into their pages.")
@interpreter_option
@click.option("--timeout", type=float, help="Seconds that one block may take; else what mkdocs.yml says.")
@click.option("--shard", type=_ShardType(), default=WHOLE, help="This part only: 2/8 is the second of eight.")
@click.option(
    "--export", type=click.Path(dir_okay=False, path_type=Path), help="Write the results here, to be merged."
)
def verify_command(
    paths: tuple[Path, ...],
    rewrite: bool,
    names: tuple[str, ...],
    timeout: float | None,
    shard: Shard,
    export: Path | None,
) -> None:
    """Run every block of the pages under PATHS (default: all) and compare with what the pages say."""
    if rewrite and shard != WHOLE:
        raise click.UsageError("--update writes whole pages: leave out --shard")

    def verified(project: Project) -> bool:
        ensure.ensure(project)
        interpreters = chosen(project, names)
        pages = pages_at(project, paths)
        part = "" if shard == WHOLE else f" of shard {shard}"
        with Runners(project, timeout or project.settings.timeout) as runners:
            with progress(part) as show:
                report = verify.verify(project, pages, interpreters, runners, show, shard)
            if rewrite and _rewrite(project, pages, interpreters, report):
                pages = pages_at(project, paths)
                report = replace(verify.verify(project, pages, interpreters, runners), ran=report.ran)
        mine = [page for page in shard.blocks(pages) if page.blocks or not part]
        failed = tell(mine, report.failures, report.ran, part)
        if export:
            archive.save(export, project, report, interpreters, shard)
        return failed

    run(verified)


@click.command("merge")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@interpreter_option
def merge_command(files: tuple[Path, ...], names: tuple[str, ...]) -> None:
    """Take over what shards exported (FILES, or folders of them), and judge the whole site without a run."""

    def merged(project: Project) -> bool:
        ensure.ensure(project)
        interpreters = chosen(project, names)
        archives = archive.read(files, project)
        pages = pages_at(project, ())
        known = cache.Known(project)
        taken = archive.take(archives, known)
        console().print(f"Merged {taken} results from {len(archives)} archives")
        with progress() as show:
            failures = archive.judge(project, archives, known, pages, interpreters, show)
        return tell(pages, failures, 0)

    run(merged)


@click.command("assets")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def assets_command(folder: Path) -> None:
    """Write what blocks take in the browser to FOLDER, a site that was built without the plugin."""

    def copied(project: Project) -> bool:
        ensure.ensure(project)
        plan = written(pages_at(project, ()), project.interpreters())
        packages = [wheels.theme(project)] if takes_packages(plan) else []
        for theme in (project.theme, *packages):
            shutil.copytree(theme, folder, ignore=shutil.ignore_patterns(".*"), dirs_exist_ok=True)
        whole = Site(tuple(pages.read_pages(project, project.pages())))
        finish.write(folder, coverage.covered(whole, project.settings.directories))
        return False

    run(copied)


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


@click.command("code")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def code_command(paths: tuple[Path, ...]) -> None:
    """Note the codes of the pages at PATHS in codes.toml; a page without one is given the next."""

    def noted(project: Project) -> bool:
        for path in paths:
            page = inside(project, path).relative_to(project.root).as_posix()
            code = ledger.give(project.root, page)
            address_list.note_rule(project.root, code, page)
            click.echo(f"{code} {page}")
        return False

    run(noted)


def inside(project: Project, path: Path) -> Path:
    """A path among the pages, whole."""
    whole = path.resolve()
    if not whole.is_relative_to(project.docs):
        raise click.UsageError(f"{path} is not in {project.name(project.docs)}/")
    return whole


def _rewrite(
    project: Project, pages: list[Page], interpreters: list[Interpreter], report: verify.Report
) -> bool:
    """Whether `--update` changed anything."""
    changed = update.update(project.root, pages, interpreters, report.known)
    for page in changed:
        console().print(f"updated {page.path}", markup=False)
    return bool(changed)


def tell(pages: list[Page], failures: Sequence[Failure], ran: int, part: str = "") -> bool:
    """Print the outcome; whether there were failures."""
    for failure in failures:
        console().print(str(failure), markup=False)
    blocks = sum(len(page.blocks) for page in pages)
    console().print(f"{blocks} blocks{part} on {len(pages)} pages, {ran} runs, {len(failures)} failures")
    return bool(failures)


def pages_at(project: Project, paths: tuple[Path, ...]) -> list[Page]:
    """The pages at or under the paths; without paths the whole site, held together.

    Raises:
        Failures: A page is malformed.
    """
    wanted = [inside(project, path) for path in paths]
    if not paths:
        whole = Site(tuple(pages.read_pages(project, project.pages())))
        if project.settings.rules and (failures := site.check(project.root, whole)):
            raise Failures(failures)
        return list(whole.pages)
    files = [file for file in project.pages() if any(file.is_relative_to(path) for path in wanted)]
    return pages.read_pages(project, files)


main = click.Group(
    help="Verify the Python on the pages of a MkDocs site.",
    commands=[
        verify_command,
        merge_command,
        assets_command,
        packages_command,
        code_command,
        addresses_command,
        annotate_command,
        export_command,
    ],
)
"""The command."""
