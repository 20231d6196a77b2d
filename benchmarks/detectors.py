"""How often our detectors are right, on code that was not written for them.

    uv run python -m benchmarks.detectors [PATH...] [--show ID] [--sample N] [--rules FILE...]

The paths are by default the standard library of this Python and the packages installed beside it, and
beside it in the environments. Printed is for each detector how often it fires, in how many lines, and how
many of its hits were judged right and wrong: `detectors/ID.toml` says which, and why. `elsewhere` are
those in 110 packages from PyPI that no detector was made with, 14 million lines. `--show ID` prints the
hits that are to be judged: all of a rare detector, a sample of the others, the same each time.
"""

import argparse
import json
import random
import re
import subprocess
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from proven.scan import ast_grep

ROOT = Path(__file__).parents[1]
JUDGED = Path(__file__).with_name("detectors")
RARE = 20
"""Of a detector with more hits than this, so many are judged."""


@dataclass(frozen=True, order=True)
class Hit:
    """A place where a detector fires."""

    path: str
    """From `lib/pythonX.Y`, or from the folder of packages: it is the same on each machine."""
    line: int
    text: str


def corpus() -> list[Path]:
    """The standard library, without its tests, and packages."""
    library = Path(sysconfig.get_path("stdlib"))
    others = ("test", "site-packages", "__pycache__")
    folders = [file for file in library.iterdir() if file.name not in others]
    environments = (ROOT / ".proven" / "environments").glob("*/lib/python*/site-packages")
    return [*sorted(folders), Path(sysconfig.get_path("purelib")), *sorted(environments)]


def short(path: str) -> str:
    """A path from the library's or the packages' folder."""
    library = f"{sysconfig.get_path('stdlib')}/"
    return path.rpartition("/site-packages/")[2] if "/site-packages/" in path else path.removeprefix(library)


def scan(files: Iterable[Path], paths: list[Path]) -> Iterator[tuple[str, Hit]]:
    """Where detectors fire, with the name of each."""
    with NamedTemporaryFile("w", encoding="utf-8", suffix=".yml") as rules:
        rules.write("\n---\n".join(file.read_text("utf-8") for file in files))
        rules.flush()
        command = [ast_grep.executable(), "scan", "--no-ignore=hidden", "--no-ignore=vcs", "--json=stream"]
        done = subprocess.run(
            [*command, "--rule", rules.name, *map(str, paths)], capture_output=True, text=True, check=False
        )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr)
    for match in map(json.loads, done.stdout.splitlines()):
        start = match["range"]["start"]["line"]
        yield match["ruleId"], Hit(short(match["file"]), start + 1, match["lines"].split("\n")[0].strip())


def lines_in(paths: list[Path]) -> int:
    """The lines of Python under some paths."""
    files = (file for path in paths for file in ([path] if path.is_file() else path.rglob("*.py")))
    return sum(file.read_bytes().count(b"\n") for file in files if file.suffix == ".py")


def judgements(name: str, part: str) -> dict[tuple[str, str], bool]:
    """Which hits of a detector are right, by path and text, among `hits` or `elsewhere`."""
    file = JUDGED / f"{name}.toml"
    listed = tomllib.loads(file.read_text("utf-8")).get(part, []) if file.exists() else []
    return {(hit["path"], hit["text"]): hit["right"] for hit in listed}


def chosen(name: str, hits: list[Hit], size: int) -> list[Hit]:
    """The hits to judge: different texts, the same ones each time."""
    different = sorted({(hit.path, hit.text): hit for hit in sorted(hits, reverse=True)}.values())
    return sorted(random.Random(name).sample(different, min(size, len(different))))


def verdict(name: str, hits: list[Hit]) -> str:
    """How often a detector fires, and how many hits were judged right and wrong, here and elsewhere."""
    judged = judgements(name, "hits")
    places = {(hit.path, hit.text) for hit in hits}
    here = [judged[place] for place in places & judged.keys()]
    elsewhere = [*judgements(name, "elsewhere").values()]
    counts = [
        len(places),
        *(count for said in (here, elsewhere) for count in (sum(said), len(said) - sum(said))),
    ]
    return f"{name:40}" + "".join(f"{count:7}" for count in counts)


def main() -> None:
    """Print the figures, or the hits."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", type=Path, nargs="*")
    parser.add_argument("--show", metavar="ID")
    parser.add_argument("--rules", type=Path, nargs="+")
    parser.add_argument("--sample", type=int, default=RARE)
    options = parser.parse_args()
    files = options.rules or sorted((ROOT / "docs").glob("*/*.ast-grep.yml"))
    paths = options.paths or corpus()
    names = [name for file in files for name in re.findall(r"(?m)^id: (\S+)", file.read_text("utf-8"))]
    hits_of: dict[str, list[Hit]] = {name: [] for name in names}
    for name, hit in scan(files, paths):
        hits_of[name].append(hit)
    if options.show:
        for hit in chosen(options.show, hits_of[options.show], options.sample):
            print(f"{hit.path}:{hit.line}: {hit.text}")
        return
    print(f"{lines_in(paths):,} lines\n{'':40}   hits  right  wrong  right  wrong elsewhere")
    for name, hits in sorted(hits_of.items()):
        print(verdict(name, hits))


if __name__ == "__main__":
    main()
