"""How long verification takes, next to the same pages under plain Material.

    uv run python -m benchmarks.verify [warm] [serve] [cold] [--rounds N] [--blocks 100 1000 5000]

warm   `mkdocs build` of the real site with nothing changed, as a ratio to the
       same pages built by Material alone in the same round.
serve  from saving a page of the real site with one changed block under Prefer to
       the page being served, as a ratio to Material's own server in the same round.
cold   `proven verify` of generated sites with no result known: milliseconds for
       each block and interpreter, and the peak memory of the command itself.

Packages and snapshots are there already. Times include the start of Python.
"""

import argparse
import os
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter, sleep

from benchmarks import sites
from proven.assets import ensure
from proven.project import Project

MKDOCS = (sys.executable, "-m", "mkdocs")
PATIENCE = 120.0
"""Seconds after which something must have gone wrong."""


def timed(command: tuple[str, ...], folder: Path) -> float:
    """Seconds that a command takes."""
    start = perf_counter()
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return perf_counter() - start


def until(address: str, text: str) -> float:
    """Seconds until a page has a text."""
    start = perf_counter()
    while text not in read(address):
        if perf_counter() - start > PATIENCE:
            sys.exit(f"{address} never showed {text!r}")
        sleep(0.01)
    return perf_counter() - start


def report(name: str, ours: list[float], theirs: list[float]) -> None:
    """Print medians, and the median of the ratios of each round."""
    ratio = median(mine / other for mine, other in zip(ours, theirs, strict=True))
    print(f"{name:6} {median(ours):6.2f} s, plain {median(theirs):6.2f} s: {ratio:5.2f} x plain")


def warm(rounds: int) -> None:
    """Measure builds of the real site with nothing changed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sites.copy(folder)
        config = str(sites.plain(folder))
        commands = ((*MKDOCS, "build", "--quiet"), (*MKDOCS, "build", "--quiet", "--config-file", config))
        timed(commands[0], folder)
        ours, theirs = zip(
            *([timed(command, folder) for command in commands] for _ in range(rounds)), strict=True
        )
        report("warm", list(ours), list(theirs))


@contextmanager
def server(folder: Path, *options: str) -> Iterator[str]:
    """A server that has built the site; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = (*MKDOCS, "serve", "--quiet", "--dev-addr", place, *options)
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    try:
        address = f"http://{place}/edited/"
        until(address, "round 0")
        yield address
    finally:
        process.terminate()
        process.wait()


def read(address: str) -> str:
    """A page; nothing while the server does not answer."""
    try:
        with urllib.request.urlopen(address) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def serve(rounds: int) -> None:
    """Measure the edit of one page of the real site."""
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as plain:
        pages = {}
        for name, folder in (("ours", Path(ours)), ("plain", Path(plain))):
            sites.copy(folder)
            pages[name] = folder / "docs" / "edited.md"
            pages[name].write_text(sites.page(0), "utf-8")
        config = str(sites.plain(Path(plain)))
        with server(Path(ours)) as own, server(Path(plain), "--config-file", config) as other:
            for number in range(1, rounds + 1):
                for name, address in (("ours", own), ("plain", other)):
                    marker = f"round {number}"
                    pages[name].write_text(sites.page(0).replace("round 0", marker), "utf-8")
                    taken[name].append(until(address, marker))
        report("serve", taken["ours"], taken["plain"])


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
    parser.add_argument("figures", nargs="*", choices=[[], "warm", "serve", "cold"], help="default: all")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--blocks", type=int, nargs="+", default=[100, 1000, 5000])
    options = parser.parse_args()
    figures = options.figures or ["warm", "serve", "cold"]
    ensure.ensure(Project.around(sites.ROOT))
    print(
        f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}, {options.rounds} rounds, medians",
        flush=True,
    )
    if "warm" in figures:
        warm(options.rounds)
    if "serve" in figures:
        serve(options.rounds)
    if "cold" in figures:
        cold(options.blocks)


if __name__ == "__main__":
    main()
