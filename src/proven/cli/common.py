"""What commands share: how they end, which pages and interpreters they take."""

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import click

from proven.collect.pages import read_site
from proven.model import Failure, Failures, Page, Unavailable
from proven.project import Project, console, packages
from proven.project.package import NEWEST, OLDEST
from proven.rules import site


def run(work: Callable[[Project], bool], config: Path | None = None) -> NoReturn:
    """Exit with 1 when there were failures, with 2 when it could not be found out.

    Args:
        work: What is done, and whether there were.
        config: The configuration of the site; None for the mkdocs.yml here or above.
    """
    try:
        failed = work(Project.of(config) if config else Project.around(Path.cwd()))
    except Failures as wrong:
        console().print(str(wrong))
        failed = True
    except (Unavailable, packages.Disagreement) as missing:
        console().print(f"proven: {missing}")
        sys.exit(2)
    sys.exit(1 if failed else 0)


interpreter_option = click.option(
    "--interpreter",
    "names",
    multiple=True,
    help=f"On this one only: {OLDEST} to {NEWEST}, or native. Repeatable.",
)


config_option = click.option(
    "-f",
    "--config-file",
    "config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The site's configuration, as for mkdocs; else the mkdocs.yml here or above.",
)


def inside(project: Project, path: Path) -> Path:
    """A path among the pages, whole."""
    whole = path.resolve()
    if not any(whole.is_relative_to(folder) for folder in project.folders):
        folders = " or ".join(f"{project.name(folder)}/" for folder in project.folders)
        raise click.UsageError(f"{path} is not in {folders}")
    return whole


def tell(pages: list[Page], failures: Sequence[Failure], ran: int, part: str = "") -> bool:
    """Print the outcome; whether there were failures."""
    for failure in sorted(failures):
        console().print(str(failure))
    blocks = sum(len(page.blocks) for page in pages)
    console().print(f"{blocks} blocks{part} on {len(pages)} pages, {ran} runs, {len(failures)} failures")
    left_out = Counter(block.environment for page in pages for block in page.blocks if block.left_out)
    for name, count in left_out.items():
        console().print(f"{count} blocks were left out: those of the environment {name}")
    passed = Counter(name for page in pages for block in page.blocks for name in block.options.passed)
    if passed:
        listed = ", ".join(f"{name} ({count})" for name, count in sorted(passed.items()))
        console().print(f"options of other tools were passed over: {listed}")
    return bool(failures)


def pages_at(project: Project, paths: tuple[Path, ...]) -> tuple[list[Page], list[Failure]]:
    """What can be read at or under the paths, and what is wrong there; without paths the site, held together.

    Raises:
        Failures: There is no block to verify beside what is wrong.
    """
    wanted = [inside(project, path) for path in paths]
    files = [
        file for file in project.pages() if not paths or any(file.is_relative_to(path) for path in wanted)
    ]
    whole, failures = read_site(project, files)
    if project.settings.rules and not paths:
        failures += site.check(project.root, whole)
    if failures and not whole.blocks:
        raise Failures(sorted(failures))
    return list(whole.pages), failures
