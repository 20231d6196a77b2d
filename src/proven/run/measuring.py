"""Measure blocks on the machine's own interpreters: `measure(block, ...)`."""

import json
import os
import platform
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from uv import find_uv_bin

from proven.model import Block, Measure, Measurement, Ratio, Run, Unavailable
from proven.run import timing

PYPERF = "pyperf==2.11.0"
"""What uv installs beside the interpreter that is measured, and nowhere else."""

ROUNDS = 5
"""How many times all functions are measured, each in a process of its own; pyperf takes three values."""


def interpreters(versions: tuple[str, ...]) -> dict[str, str]:
    """The native CPythons that there are, by version; those that are missing are left out."""
    paths = {}
    for wanted in versions:
        options = ("--no-python-downloads", "--no-project", f"cpython@{wanted}")
        command = [find_uv_bin(), "python", "find", *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            paths[wanted] = done.stdout.strip()
    return paths


def measure(block: Block, wanted: Measure, python: str, rounds: int = ROUNDS) -> tuple[str, Run]:
    """Time the functions of a block on an interpreter: its version, and what they took.

    Args:
        block: What defines the functions, and `prepare`.
        wanted: The functions and sizes.
        python: The path of the interpreter.
        rounds: How often each function is measured.

    Raises:
        Unavailable: It cannot be measured; the message has the tool's own.
    """
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "example.py").write_text("".join(source.source for source in block.sources), "utf-8")
        told = [_timed(block, wanted, python, folder) for _ in range(rounds)]
    return told[0]["metadata"]["python_version"].split()[0], _ratios(list(map(_times, told)), wanted)


def _timed(block: Block, wanted: Measure, python: str, folder: str) -> dict[str, Any]:
    """What pyperf writes of one round: each function at each size, in a process of its own."""
    out = Path(folder, "times.json")
    out.unlink(missing_ok=True)
    given = {"module": "example.py", "functions": wanted.functions, "sizes": wanted.sizes}
    done = subprocess.run(
        [
            *(find_uv_bin(), "run", "--quiet", "--no-project", "--isolated", "--python", python),
            *("--with", PYPERF, "python", timing.__file__, "--quiet", "--processes=1"),
            *(f"--inherit-environ={timing.VARIABLE}", f"--output={out}"),
        ],
        env={**os.environ, timing.VARIABLE: json.dumps(given)},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it says nothing"])[-1]
        raise Unavailable(f"{block.address}: cannot be measured on {python}: {last}")
    told: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return told


def _times(told: dict[str, Any]) -> dict[str, float]:
    """The median of what pyperf has measured, in seconds, by the name of the benchmark."""
    times = {}
    for benchmark in told["benchmarks"]:
        name = benchmark.get("metadata", told["metadata"]).get("name") or told["metadata"]["name"]
        times[name] = median(value for run in benchmark["runs"] for value in run.get("values", ()))
    return times


def _ratios(rounds: list[dict[str, float]], wanted: Measure) -> Run:
    """What the functions took, compared within each round, since a machine is slower at times."""
    unit = f"{wanted.functions[0]} {wanted.sizes[0]}"

    def ratio(name: str, size: int) -> Ratio:
        seen = [times[f"{name} {size}"] / times[unit] for times in rounds]
        middle = median(seen)
        return Ratio(_round(middle), _round(median(abs(value - middle) for value in seen)))

    return {name: {size: ratio(name, size) for size in wanted.sizes} for name in wanted.functions}


def _round(value: float) -> float:
    """Three digits, which is more than a second measurement would confirm."""
    return float(f"{value:.3g}")


def taken(runs: dict[str, Run]) -> Measurement:
    """What was measured just now, here."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}"
    day = datetime.now(UTC).date().isoformat()
    return Measurement(day, machine, PYPERF.replace("==", " "), runs)
