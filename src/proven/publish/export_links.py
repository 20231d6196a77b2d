"""What addresses of the site its exports name: `emitted(folder, site) -> addresses by file`."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from proven.collect import prose
from proven.exports.markdown.pages import SEPARATOR


def emitted(folder: Path, site: str) -> dict[str, list[str]]:
    """The addresses that lead into the site, each with the first file that names it.

    Args:
        folder: The exports.
        site: The site's address; those that start with it are given from
            the server's root, as `/async/timeouts/#why`.
    """
    site = site.rstrip("/") + "/"
    origin = site.removesuffix(urlsplit(site).path)
    seen: set[str] = set()
    links: dict[str, list[str]] = {}
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = file.relative_to(folder).as_posix()
        for url in _read(file):
            ours = url.startswith(site) or not urlsplit(url).scheme
            target = url.removeprefix(origin) if url.startswith(site) else f"{name} {url}"
            if ours and target not in seen:
                seen.add(target)
                links.setdefault(name, []).append(url.removeprefix(origin))
    return links


def _read(file: Path) -> Iterator[str]:
    """The addresses in a file of a form that is known."""
    for end, read in _READERS.items():
        if file.name.endswith(end):
            yield from read(file)
            return


def _markdown(file: Path) -> Iterator[str]:
    for page in file.read_text("utf-8").split(SEPARATOR):  # one that was read by itself is known already
        yield from _linked(page)


def _linked(text: str) -> Iterator[str]:
    return (link.url for link in prose.find(prose.parse(text)) if link.read)


def _json(file: Path) -> Iterator[str]:
    """The strings that are an address as a whole, and the links in those that are Markdown."""
    for text in _strings(json.loads(file.read_text("utf-8"))):
        if text.startswith(("http://", "https://")) and not text.split()[1:]:
            yield text
        elif "](" in text:
            yield from _linked(text)


def _pack(file: Path) -> Iterator[str]:
    """Where its rules are; in its detectors, what looks like a link is none."""
    pack = json.loads(file.read_text("utf-8"))
    return (pack["site_url"] + rule["path"] for rule in pack["rules"].values())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


def _inventory(file: Path) -> Iterator[str]:
    from sphobjinv import Inventory  # slow to import

    for entry in Inventory(file).objects:
        yield entry.uri_expanded or "."  # the home page


def _html(file: Path) -> Iterator[str]:
    yield from prose.addresses_in(file.read_bytes())


_READERS: dict[str, Callable[[Path], Iterator[str]]] = {
    ".html": _html,
    ".md": _markdown,
    "llms.txt": _markdown,
    "llms-full.txt": _markdown,
    "pack.json": _pack,
    ".json": _json,
    ".sarif": _json,
    "objects.inv": _inventory,
}
