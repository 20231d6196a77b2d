"""What `proven check` takes beside Ruff and ast-grep alone, which do the same work.

    uv run python -m benchmarks.checking [--lines N] [--rounds N]

The code is the first 100,000 lines of this Python's standard library. Start-up is the time for a file of one
line. Seconds are medians of the rounds, and the last column is the ratio to Ruff in the same round.
"""

import argparse
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path
from shutil import copy
from statistics import median
from time import perf_counter

from proven.scan import ast_grep, pack, ruff


def write_code(folder: Path, lines: int) -> int:
    """Copy modules of the standard library until there are so many lines; how many there are."""
    library, count = Path(sysconfig.get_path("stdlib")), 0
    for file in sorted(library.rglob("*.py")):
        if count < lines and "site-packages" not in file.parts and "test" not in file.parts:
            target = folder / file.relative_to(library)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy(file, target)
            count += file.read_bytes().count(b"\n")
    return count


def seconds(command: list[str], folder: Path) -> float:
    """How long a command takes; what it finds is of no matter."""
    start = perf_counter()
    subprocess.run(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return perf_counter() - start


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    own = pack.load()
    codes = ",".join(own.codes("ruff", own.rules))
    with tempfile.TemporaryDirectory() as name:
        folder, rules, short = Path(name, "code"), Path(name, "rules.yml"), Path(name, "short")
        rules.write_text(own.documents, "utf-8")
        short.mkdir()
        Path(short, "a.py").write_text("x = 1\n", "utf-8")
        commands = {
            "ruff": [
                ruff.executable(),
                "check",
                "--no-cache",
                "--select",
                codes,
                "--output-format=json-lines",
                ".",
            ],
            "ast-grep": [ast_grep.executable(), "scan", "--rule", str(rules), "--json=stream", "."],
            "proven check": [sys.executable, "-m", "proven", "check", "--format=rdjsonl", "."],
        }
        for what, place in ((f"{write_code(folder, options.lines):,} lines", folder), ("one line", short)):
            times = [
                {tool: seconds(command, place) for tool, command in commands.items()}
                for _ in range(options.rounds)
            ]
            for tool in commands:
                ratio = median(each[tool] / each["ruff"] for each in times)
                taken = median(each[tool] for each in times)
                print(f"{what:15} {tool:13} {taken:6.2f} s  {ratio:6.2f}", flush=True)


if __name__ == "__main__":
    main()
