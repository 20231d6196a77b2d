"""Make a folder that works from disk out of a built site: `make(site, folder, ...)`."""

import json
import os
import re
import shutil
from collections.abc import Container, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from proven.archive import pages, scripts
from proven.project import REDIRECTS, Show, files_in
from proven.scan import pack

_SEARCH = "search/search_index.json"

_LEFT_OUT = re.compile(
    r".*\.(map|gz)$|sitemap\.xml$|(assets/runner/)?service-worker\.js$|assets/runner/parts\.json$|assets/javascripts/lunr/"
)
"""What nothing loads from a disk; `lunr` is for the search in other languages than English."""


def make(
    site: Path, folder: Path, script: Path, memory: Path, progress: Show, without: Container[str] = ()
) -> None:
    """Write the files of a built site so that pages find them without a server.

    Args:
        site: The built site.
        folder: Where to write; it has to be empty.
        script: What pages load first: see `bundles.build_carrier`.
        memory: A folder that keeps what has been compressed before.
        progress: Told how many files are done.
        without: The names of files that are left out.

    Raises:
        Unavailable: The disk does not take it.
        OSError: Likewise.
    """
    names = [name for name in _names(site) if name.rpartition("/")[2] not in without]
    done = 0
    memory.mkdir(exist_ok=True)
    unused = set(memory.iterdir())
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        progress("Writing files", 0, len(names))
        for used in workers.map(lambda name: _write(site, folder, name, memory, names), names):
            unused -= set(used)
            done += 1
            progress("Writing files", done, len(names))
    for old in unused:
        old.unlink()
    shutil.copy(script, folder / pages.CARRIER)


def _names(site: Path) -> Iterator[str]:
    """The files that are taken over; one of those that differ in case only."""
    seen: set[str] = set()
    for name in files_in(site):
        if not _LEFT_OUT.match(name) and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


def _write(site: Path, folder: Path, name: str, memory: Path, names: Container[str]) -> list[Path]:
    """Write one file as it is wanted; returns what of the memory that took."""
    target = folder / name
    target.parent.mkdir(parents=True, exist_ok=True)
    content = (site / name).read_bytes()
    if name.endswith(".html") and name != "404.html":
        content = pages.from_disk(content.decode(), "../" * name.count("/")).encode()
    if name == REDIRECTS:
        content = _reachable(json.loads(content), names)
    if name == _SEARCH:
        index = pages.index_from_disk(content.decode())
        target.with_suffix(".js").write_text(f"var __index = {index}\n", "utf-8", newline="")
        content = index.encode()
    if scripts.is_copied(name):
        target.write_bytes(content)
    if not scripts.is_carried(name):
        return []
    text, used = scripts.carrier(_carried(site, name, content), memory)
    Path(f"{target}.js").write_text(text, "ascii", newline="")
    return [used]


def _reachable(table: dict[str, dict[str, str]], names: Container[str]) -> bytes:
    """What leads elsewhere, less the variants in other case that were left out."""
    kept = {
        address: target for address, target in table["redirects"].items() if f"{address}index.html" in names
    }
    return f"{json.dumps({**table, 'redirects': kept}, indent=1, ensure_ascii=False)}\n".encode()


def _carried(site: Path, name: str, content: bytes) -> bytes:
    """What the script for a file carries."""
    if name.startswith("assets/rules/"):
        return _linked(json.loads(content))
    if name == pack.NAME:
        return _with_files(json.loads(content))
    if name.startswith("assets/checkers/") and name.endswith("/settings.json"):
        return _sized(json.loads(content), (site / name).parent)
    return scripts.uncompressed(name, content)


def _linked(covered: dict[str, dict[str, dict[str, str]]]) -> bytes:
    """The rules that cover what a tool finds, with links that lead to files."""
    for rule in (rule for codes in covered.values() for rule in codes.values()):
        rule["url"] = pages.to_file(rule["url"])
    return json.dumps(covered, sort_keys=True).encode()


def _with_files(rules: dict[str, dict[str, dict[str, str]]]) -> bytes:
    """A set of rules, with paths that lead to files."""
    for rule in rules["rules"].values():
        rule["path"] = pages.to_file(rule["path"])
    return json.dumps(rules, ensure_ascii=False).encode()


def _sized(settings: dict[str, dict[str, int]], folder: Path) -> bytes:
    """How a tool is used, with the sizes that its files have once they are loosened."""
    for name in settings["files"]:
        settings["files"][name] = len(scripts.uncompressed(name, (folder / name).read_bytes()))
    return json.dumps(settings).encode()
