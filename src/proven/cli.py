"""The `proven` command."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from proven import ledger, site, toolchain, update, verify
from proven.model import Failures, Interpreter, Page, Show
from proven.project import Project, Unavailable
from proven.run import TIMEOUT, Runners
from proven.toolchain import console


@click.group()
def main() -> None:
    """Verify the pages of Proven Python."""


@main.command("verify")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--update", "rewrite", is_flag=True, help="Write what blocks print into their pages.")
@click.option(
    "--interpreter", "names", multiple=True, help="Run on this one only: 3.11 to 3.15, or native. Repeatable."
)
@click.option("--timeout", default=TIMEOUT, show_default=True, help="Seconds that one block may take.")
def verify_command(paths: tuple[Path, ...], rewrite: bool, names: tuple[str, ...], timeout: float) -> None:
    """Run every block of the pages under PATHS (default: docs/) and compare with what the pages say."""
    try:
        failed = _verify(Project.around(Path.cwd()), paths, rewrite, names, timeout)
    except Failures as wrong:
        console().print(str(wrong), markup=False)
        failed = True
    except Unavailable as missing:
        console().print(f"proven: {missing}", markup=False)
        sys.exit(2)
    sys.exit(1 if failed else 0)


@main.command("code")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def code_command(paths: tuple[Path, ...]) -> None:
    """Note the codes of the pages at PATHS in codes.toml; a page without one is given the next."""
    try:
        project = Project.around(Path.cwd())
        for path in paths:
            page = _inside(project, path).relative_to(project.root).as_posix()
            click.echo(f"{ledger.give(project.root, page)} {page}")
    except (Failures, Unavailable) as wrong:
        console().print(str(wrong), markup=False)
        sys.exit(1)


def _inside(project: Project, path: Path) -> Path:
    """A path in docs/, whole."""
    whole = path.resolve()
    if not whole.is_relative_to(project.root / "docs"):
        raise click.UsageError(f"{path} is not in docs/")
    return whole


def _verify(
    project: Project, paths: tuple[Path, ...], rewrite: bool, names: tuple[str, ...], timeout: float
) -> bool:
    toolchain.ensure(project)
    interpreters = _chosen(project, names)
    pages = _pages(project, paths)
    with Runners(project, timeout) as runners:
        with progress() as show:
            report = verify.verify(project, pages, interpreters, runners, show)
        if rewrite:
            changed = update.update(project.root, pages, interpreters, report.known)
            for page in changed:
                console().print(f"updated {page.path}", markup=False)
            if changed:
                pages = _pages(project, paths)
                report = replace(verify.verify(project, pages, interpreters, runners), ran=report.ran)
    for failure in report.failures:
        console().print(str(failure), markup=False)
    blocks = sum(len(page.blocks) for page in pages)
    console().print(
        f"{blocks} blocks on {len(pages)} pages, {report.ran} runs, {len(report.failures)} failures"
    )
    return bool(report.failures)


def _chosen(project: Project, names: tuple[str, ...]) -> list[Interpreter]:
    everything = project.interpreters()
    known = [one.name for one in everything]
    for name in names:
        if name not in known:
            raise click.UsageError(f"no interpreter {name!r}: choose from {', '.join(known)}")
    return [one for one in everything if not names or one.name in names]


def _pages(project: Project, paths: tuple[Path, ...]) -> list[Page]:
    """The pages at or under the paths; without paths the whole site, held together.

    Raises:
        Failures: A page is malformed.
    """
    docs = project.root / "docs"
    for path in paths:
        _inside(project, path)
    if not paths:
        whole = site.Site(tuple(site.read_pages(project.root, docs.rglob("*.md"))))
        if failures := site.check(project.root, whole):
            raise Failures(failures)
        return list(whole.pages)
    files = {file for path in paths for file in ([path] if path.is_file() else path.rglob("*.md"))}
    return site.read_pages(project.root, [file.resolve() for file in files])


@contextmanager
def progress() -> Iterator[Show]:
    """Show how far long work is; nothing when there is nothing to do."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Progress(*columns, console=console(), transient=True, disable=not console().is_terminal) as bar:
        tasks: dict[str, TaskID] = {}

        def show(what: str, done: int, total: int) -> None:
            if done == 0 and not console().is_terminal:
                console().print(f"{what}: {total}")
            if what not in tasks:
                tasks[what] = bar.add_task(what)
            bar.update(tasks[what], completed=done, total=total)

        yield show
