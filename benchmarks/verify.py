"""How long verification takes, next to the same pages under plain Material.

    uv run python -m benchmarks.verify [warm] [thrice] [serve] [cold] [--rounds N] [--blocks 100 1000 5000]

warm    `mkdocs build` of the real site with nothing changed, as a ratio to the
        same pages built by Material alone in the same round.
thrice  The same with three times as many pages.
serve   from saving a page of the real site with one changed block under Prefer to
        the page being served, as a ratio to Material's own server in the same round.
cold    `proven verify` of generated sites with no result known: milliseconds for
        each block and interpreter, and the peak memory of the command itself.

Packages, snapshots and what is known of the real site's blocks are there already.
Times include the start of Python. Processor time is that of all processes: it
depends less on what else a machine does than time by the clock.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

from benchmarks import larger, servers, sites
from benchmarks.servers import MKDOCS
from proven.assets import ensure
from proven.project import Project

FIGURES = ("warm", "thrice", "serve", "cold")


class Cost(NamedTuple):
    """Seconds that something takes."""

    clock: float
    processor: float


type Costs = list[tuple[Cost, Cost]]
"""By round, what ours takes and what plain Material takes."""


def processor() -> float:
    """Seconds of the processor that all ended children have taken, in user and system mode."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timed(command: tuple[str, ...], folder: Path) -> Cost:
    """What a command takes."""
    start, before = perf_counter(), processor()
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return Cost(perf_counter() - start, processor() - before)


def report(name: str, costs: Costs) -> None:
    """Print medians, and the median of the ratios of each round."""
    for index, kind in enumerate(Cost._fields):
        ours, plain = zip(*((mine[index], other[index]) for mine, other in costs), strict=True)
        ratio = median(mine / other for mine, other in zip(ours, plain, strict=True))
        print(
            f"{name:7} {kind:9} {median(ours):6.2f} s, plain {median(plain):6.2f} s: {ratio:5.2f} x plain",
            flush=True,
        )


def warm(name: str, rounds: int, prepare: Callable[[Path], None]) -> None:
    """Measure builds of a site with nothing changed."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        prepare(folder)
        config = str(sites.plain(folder))
        ours, plain = (*MKDOCS, "build", "--quiet"), (*MKDOCS, "build", "--quiet", "--config-file", config)
        print(f"{name}: the first build, which says what it does", file=sys.stderr)
        subprocess.run(ours, cwd=folder, check=True)
        report(name, [(timed(ours, folder), timed(plain, folder)) for _ in range(rounds)])


def once(folder: Path) -> None:
    """The real site."""
    sites.copy(folder)
    sites.copy_results(folder)


def thrice(folder: Path) -> None:
    """The real site three times as large."""
    once(folder)
    larger.enlarge(folder, 3)


def saved(server: servers.Server, number: int) -> Cost:
    """What it takes from saving the page to its being served."""
    start, before = perf_counter(), server.processor()
    server.page.write_text(sites.page(0).replace("round 0", f"round {number}"), "utf-8")
    server.wait(f"round {number}")
    return Cost(perf_counter() - start, server.processor() - before)


def serve(rounds: int) -> None:
    """Measure the edit of one page of the real site."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as plain:
        for folder in (Path(ours), Path(plain)):
            once(folder)
            (folder / "docs" / "edited.md").write_text(sites.page(0), "utf-8")
        config = str(sites.plain(Path(plain)))
        with servers.serve(Path(ours)) as mine, servers.serve(Path(plain), "--config-file", config) as other:
            costs = [(saved(mine, number), saved(other, number)) for number in range(1, rounds + 1)]
        report("serve", costs)


def peak(process: subprocess.Popen[bytes]) -> float:
    """The most memory that a process itself has had, in MB, when it has ended."""
    most = 0
    while process.poll() is None:
        for line in Path(f"/proc/{process.pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                most = max(most, int(line.split()[1]))
        sleep(0.05)
    return most / 1024


def cold(sizes: list[int]) -> None:
    """Measure the verification of generated sites."""
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            sites.generate(Path(name), size)
            start = perf_counter()
            process = subprocess.Popen(
                (sys.executable, "-m", "proven", "verify"), cwd=name, stderr=subprocess.PIPE
            )
            memory = peak(process)
            taken = perf_counter() - start
            assert process.stderr
            said = process.stderr.read().decode()
            if process.returncode:
                sys.exit(said)
            runs = int(said.split(" runs")[0].split()[-1])
            each = taken / runs * 1000
            cost = f"{taken:7.1f} s, {each:5.1f} ms a run, {memory:4.0f} MB"
            print(f"cold   {size:5} blocks, {runs:6} runs: {cost}")


def main() -> None:
    """Print the figures that are asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("figures", nargs="*", choices=[[], *FIGURES], help="default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--blocks", type=int, nargs="+", default=[100, 1000, 5000])
    options = parser.parse_args()
    figures = options.figures or FIGURES
    ensure.ensure(Project.around(sites.ROOT))
    print(
        f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, {options.rounds} rounds, medians",
        flush=True,
    )
    if "warm" in figures:
        warm("warm", options.rounds, once)
    if "thrice" in figures:
        warm("thrice", options.rounds, thrice)
    if "serve" in figures:
        serve(options.rounds)
    if "cold" in figures:
        cold(options.blocks)


if __name__ == "__main__":
    main()
