"""Whether readers would gain if the packages that they import were compiled beforehand.

    uv run python -m benchmarks.wheels [SITE] [--rounds N]

Each package is imported by a block of a page, in a new browser profile (first) and after a restart of the
browser (later), on copies of the site that differ in their wheels:

plain     as the site has them: as on PyPI, without what no reader needs (`packages.UNREAD`)
compiled  with bytecode of the browser's Python beside each module

Times are in milliseconds from the click to the output, medians of the rounds, and a ratio is to the plain
wheels in the same round. Sizes are those of the wheels that a block makes a reader fetch: packed already,
they do not become smaller on the way.
"""

import argparse
import json
import os
import shutil
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Page, Playwright, sync_playwright

from benchmarks.runner import BARE, measure, ours, served
from proven.project import BROWSER, Project
from proven.project.packages import closure
from proven.toolchain.node import node
from proven.toolchain.product import run
from tests.browser.page import Example, Site

PACKAGES = {"fastapi": "fastapi", "django": "django.db.models, django.forms", "pytest": "pytest"}
"""The packages, and what a block imports of each."""

type Change = Callable[[Path], None]
"""Changes the wheels of a folder."""


def compile_wheels(folder: Path) -> None:
    """Add bytecode to wheels."""
    runtime = next(place for place in Project.around(Path.cwd()).pyodides() if place.name == BROWSER).folder
    run(node(BARE / "compile.mjs", Path(str(runtime)), BARE / "compile.py", folder), folder)


CHANGES: dict[str, Change] = {"plain": lambda folder: None, "compiled": compile_wheels}


def changed_site(site: Path, folder: Path, change: Change) -> Path:
    """Copy a site with other wheels; their folder."""
    shutil.copytree(site, folder, copy_function=os.link)
    (packages,) = (folder / "assets" / "packages").iterdir()
    for file in packages.iterdir():  # a copy of its own in place of the link
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content)
    change(packages)
    index = packages / f"{BROWSER}.json"
    told = json.loads(index.read_text("utf-8"))
    for wheel in told["wheels"].values():
        wheel["size"] = (packages / wheel["file"]).stat().st_size
    index.write_text(json.dumps(told), "utf-8")
    return packages


def size(folder: Path, package: str, project: Project) -> int:
    """The bytes of a package's wheels in a folder, and of all that it depends on."""
    wheels = closure(project.packages.wheels(BROWSER), [package])
    return sum((folder / wheel.file).stat().st_size for wheel in wheels)


def visiting(url: str) -> Callable[[Page], float]:
    """What times the first run of a page's block."""
    return lambda page: ours(page, url)


def compare(playwright: Playwright, sites: dict[str, Site], package: str, rounds: int) -> None:
    """Print what a package costs on each site."""
    example = Example(f"import {PACKAGES[package]}\n\nprint('ready')\n", "ready\n")
    ways = {name: visiting(site.page(example)) for name, site in sites.items()}
    times = [measure(playwright, ways, list(ways)[number % len(ways)]) for number in range(rounds)]
    for kind, title in (("cold", "first"), ("warm", "later")):
        for name in ways:
            taken = median(each[kind, name] for each in times)
            ratio = median(each[kind, name] / each[kind, "plain"] for each in times)
            print(f"   {package:8} {title} {name:9} {taken:6.0f} ms  {ratio:.2f}", flush=True)


def main() -> None:
    """Measure, and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("site", type=Path, nargs="?", default=Path("site"), help="the built site's folder")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    print(f"load average of the last minute: {os.getloadavg()[0]:.1f}, on {os.cpu_count()} cores", flush=True)
    project = Project.around(Path.cwd())
    with (
        tempfile.TemporaryDirectory(dir=options.site.parent) as made,
        ExitStack() as servers,
        sync_playwright() as playwright,
    ):
        sites = {}
        for name, change in CHANGES.items():
            folder = Path(made) / name
            wheels = changed_site(options.site, folder, change)
            for package in PACKAGES:
                print(f"   {package:8} {name:9} {size(wheels, package, project) / 1000:6.0f} kB", flush=True)
            sites[name] = Site(folder, servers.enter_context(served(folder)))
        for package in PACKAGES:
            compare(playwright, sites, package, options.rounds)


if __name__ == "__main__":
    main()
