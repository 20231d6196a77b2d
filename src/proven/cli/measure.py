"""`proven measure`."""

from pathlib import Path

import click

from proven.cli.common import pages_at
from proven.cli.common import run as end
from proven.model import Block, Failures, Run, Unavailable
from proven.project import Project, console, write
from proven.project.package import aliases
from proven.run import measurements, measuring


@click.command("measure")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--rounds",
    type=click.IntRange(1),
    default=measuring.ROUNDS,
    show_default=True,
    help="How many times all functions are measured, each in a process of its own.",
)
def measure_command(paths: tuple[Path, ...], rounds: int) -> None:
    """Time the blocks with measure= of the pages under PATHS, on each CPython of this machine.

    What was seen is written to measurements/, to be committed. Let the machine do nothing else meanwhile.
    """

    def measured(project: Project) -> bool:
        pages, failures = pages_at(project, paths)
        if failures:
            raise Failures(sorted(failures))
        blocks = [block for page in pages for block in page.blocks if block.options.measure]
        if not blocks:
            raise Unavailable("no block of these pages has measure=: nothing is to be measured")
        pythons = measuring.interpreters(tuple(aliases()))
        if not pythons:
            raise Unavailable("this machine has no CPython to measure on\n    uv python install 3.14")
        for block in blocks:
            _measure(project, block, [*pythons.values()], rounds)
        return False

    end(measured)


def _measure(project: Project, block: Block, pythons: list[str], rounds: int) -> None:
    """Measure a block on each interpreter, tell how it goes on, and write what was seen."""
    runs: dict[str, Run] = {}
    wanted = block.options.measure
    assert wanted
    for python in pythons:
        version, run = measuring.measure(block, wanted, python, rounds)
        runs[version] = run
        console().print(f"{block.address}: {', '.join(wanted.functions)} on CPython {version}")
    file = measurements.file_of(project.root, block)
    write(file, measurements.text(measuring.taken(runs)))
    console().print(f"wrote {project.name(file)}")
