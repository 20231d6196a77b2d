"""How long the site takes to build, next to the same pages under plain Material.

    uv run python -m benchmarks.build [--rounds N]

Cold: no result is known, every block is run; packages and snapshots are there.
Warm: nothing has changed. Plain: the same Markdown with neither the plugin nor
the extension. Times are in seconds; a ratio is to plain in the same round.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

import yaml

from proven import toolchain
from proven.project import Project

ROOT = Path(__file__).parents[1]


def copy(folder: Path) -> None:
    """The project with its own results, sharing what is installed and built."""
    for name in ("mkdocs.yml", "codes.toml", "package.json", "package-lock.json", "uv.lock"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "docs", folder / "docs")
    shutil.copytree(ROOT / "overrides", folder / "overrides", ignore=shutil.ignore_patterns("assets"))
    (folder / ".cache").mkdir()
    assets = Path("overrides", "assets")  # MkDocs follows no link to a folder
    shutil.copytree(ROOT / assets, folder / assets, copy_function=os.symlink)
    for name in ("node_modules", "runner", ".cache/snapshots"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)


def plain(folder: Path) -> Path:
    """A configuration of Material alone."""
    text = (folder / "mkdocs.yml").read_text("utf-8").replace("!!python/name:", "")
    config = yaml.safe_load(text)
    config["plugins"] = ["search"]
    config["theme"].pop("custom_dir")
    kept = [one for one in config["markdown_extensions"] if "proven" not in str(one)]
    config["markdown_extensions"] = [*kept, "pymdownx.superfences"]
    file = folder / "plain.yml"
    file.write_text(yaml.safe_dump(config), "utf-8")
    return file


def build(folder: Path, config: str) -> float:
    """Seconds that one build takes, the start of Python included."""
    start = perf_counter()
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", config]
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return perf_counter() - start


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds: int = parser.parse_args().rounds
    toolchain.ensure(Project(ROOT))
    figures: dict[str, list[tuple[float, float]]] = {"plain": [], "warm": [], "cold": []}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy(folder)
        plain(folder)
        for _ in range(rounds):
            shutil.rmtree(folder / ".cache" / "results", ignore_errors=True)
            base = build(folder, "plain.yml")
            figures["plain"].append((base, 1))
            for kind in ("cold", "warm"):
                taken = build(folder, "mkdocs.yml")
                figures[kind].append((taken, taken / base))
    print(f"load average {os.getloadavg()[0]:.1f}, {rounds} rounds, medians")
    for kind, pairs in figures.items():
        print(f"{kind:6} {median(s for s, _ in pairs):7.2f} s   {median(r for _, r in pairs):6.2f} x plain")


if __name__ == "__main__":
    main()
