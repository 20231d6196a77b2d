"""`proven check`: violations of rules in code, for people, in changes, and for machines."""

from __future__ import annotations  # the types below are imported where they are needed

import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from proven.scan.hits import Stopped
from proven.scan.pack import LEVELS

if TYPE_CHECKING:
    from proven.scan.checkers import Checker
    from proven.scan.findings import Report
    from proven.scan.settings import Settings

_STDIN = Path("-")

_ROUNDS = 10
"""How often files are mended: one fix makes room for another, but two may undo each other for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The command line, as it was given."""

    diff: str | None
    fix: bool
    unsafe_fixes: bool
    dry_run: bool
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    level: str | None
    rules: tuple[str, ...]
    base_url: str
    baseline: Path | None
    write_baseline: bool
    mypy: bool
    pyright: bool
    form: str
    stdin_filename: str


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--diff",
    is_flag=False,
    flag_value="HEAD",
    metavar="[BASE]",
    help="Only lines that have changed since a commit or a branch; without BASE since the last commit, "
    "and with `staged` those that are to be committed. Give it after the paths, or as --diff=BASE.",
)
@click.option("--fix", is_flag=True, help="Mend what has a safe fix.")
@click.option("--unsafe-fixes", is_flag=True, help="Mend, too, what may then behave differently.")
@click.option("--dry-run", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--select", multiple=True, metavar="PX...", help="Only these rules, or those that begin so.")
@click.option("--ignore", multiple=True, metavar="PX...", help="Not these rules.")
@click.option("--level", type=click.Choice(LEVELS), help="Only rules that bind so much, or more.")
@click.option(
    "--rules", multiple=True, metavar="SITE", help="Another site's rules too: its address or folder."
)
@click.option(
    "--base-url", default="", metavar="URL", help="Where a mirror of the rules' site is, for links."
)
@click.option("--baseline", type=click.Path(path_type=Path), help="Not the findings that this file lists.")
@click.option("--write-baseline", is_flag=True, help="Write today's findings into the file of --baseline.")
@click.option("--mypy", is_flag=True, help="Ask mypy too, with your settings.")
@click.option("--pyright", is_flag=True, help="Ask Pyright too, with your settings.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "github", "gitlab", "rdjsonl", "sarif"]),
    default="text",
    show_default=True,
)
@click.option("--stdin-filename", default="stdin.py", metavar="NAME", help="What to call standard input.")
def check_command(paths: tuple[Path, ...], **options: object) -> None:
    """Find violations of rules in Python files and notebooks, with Ruff and ast-grep.

    PATHS are files and folders, by default the current folder; - is standard input. The exit status is 1
    when there are findings, and 2 when something cannot be checked.
    """
    try:
        sys.exit(_check(paths or (Path(),), Options(**options)))  # type: ignore[arg-type]
    except Stopped as problem:
        click.echo(f"proven check: {problem}", err=True)
        sys.exit(2)


def _check(paths: Sequence[Path], options: Options) -> int:
    from proven.exports.findings import showing
    from proven.scan import findings, narrowing, pack, ruff

    given = _settings(options)
    rules = pack.merged([pack.load(mirror=given.base_url), *(pack.load(source) for source in given.rules)])
    types: list[Checker] = []
    types += ["mypy"] if options.mypy else []
    types += ["pyright"] if options.pyright else []
    with _listed(paths, options) as listed:
        changed = None if options.diff is None else narrowing.changed(Path.cwd(), options.diff)
        files = ruff.files(listed, given.exclude)

        def look() -> findings.Report:
            report = findings.find(files, rules, given, types)
            if changed is not None:
                report = narrowing.within(report, changed)
            if given.baseline and not options.write_baseline:
                report = narrowing.beyond(report, Path(given.baseline))
            return report

        report = look()
        if options.write_baseline:
            return _write_baseline(report, given.baseline)
        if options.dry_run:
            return _show_changes(report, options)
        if options.fix or options.unsafe_fixes:
            report = _mend(report, look, options)
        return showing.show(
            report, options.form, {str(listed[0]): options.stdin_filename} if _STDIN in paths else {}
        )


def _settings(options: Options) -> Settings:
    """Those of pyproject.toml, with what the command line says."""
    from proven.scan import settings

    own = settings.read(Path.cwd())
    if options.write_baseline and not (options.baseline or own.baseline):
        raise Stopped("--write-baseline needs a file: give --baseline FILE, or `baseline` in [tool.proven]")
    return replace(
        own,
        select=settings.codes(options.select) or own.select,
        ignore=(*own.ignore, *settings.codes(options.ignore)),
        level=options.level or own.level,
        rules=(*own.rules, *options.rules),
        base_url=options.base_url or own.base_url,
        baseline=str(options.baseline or own.baseline),
    )


@contextmanager
def _listed(paths: Sequence[Path], options: Options) -> Iterator[list[Path]]:
    """The paths; for standard input a file that has it."""
    if _STDIN not in paths:
        yield [*paths]
        return
    if len(paths) > 1 or options.fix or options.unsafe_fixes or options.diff is not None:
        raise Stopped("standard input is checked by itself, without --diff, and not mended")
    with tempfile.TemporaryDirectory(prefix="proven-") as folder:
        file = Path(folder, Path(options.stdin_filename).name)
        file.write_bytes(sys.stdin.buffer.read())
        yield [file]


def _write_baseline(report: Report, file: str) -> int:
    from proven.scan import narrowing

    for problem in report.problems:
        click.echo(problem, err=True)
    narrowing.write(Path(file), report)
    click.echo(f"{len(report.findings)} findings are listed in {file}", err=True)
    return 2 if report.problems else 0


def _show_changes(report: Report, options: Options) -> int:
    from proven.scan import fixes

    changes = fixes.apply(report.findings, options.unsafe_fixes)
    click.echo("".join(fixes.diff(changes)), nl=False)
    return 1 if changes else 0


def _mend(report: Report, look: Callable[[], Report], options: Options) -> Report:
    """Mend what can be mended; what is left then."""
    from proven.scan import fixes

    mended = 0
    for _ in range(_ROUNDS):
        changes = fixes.apply(report.findings, options.unsafe_fixes)
        if not changes:
            break
        fixes.write(changes)
        before, report = report, look()
        mended += len(before.findings) - len(report.findings)
    if mended > 0:
        click.echo(f"{mended} findings were mended", err=True)
    return report
