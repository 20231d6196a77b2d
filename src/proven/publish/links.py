"""Every link of a built site leads somewhere: `check(folder, pages) -> failures`.

What is read is what readers get: the files, not what a builder says of them.
"""

import json
import posixpath
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from selectolax.lexbor import LexborHTMLParser

from proven.collect import prose
from proven.model import Failure, Page
from proven.project import Memo, files_in

_css = re.compile(r"/\*.*?\*/|url\(\s*(['\"]?)(?P<url>.*?)\1\s*\)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Document:
    """What one built file links to, and what can be linked to in it."""

    urls: tuple[str, ...]
    fragments: frozenset[str] | None = None
    """None for a file that is not HTML."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link within the site."""

    file: str
    """The built file that it is in."""
    url: str
    target: str
    """The file or folder that it leads to; starts with `..` when that is not in the site."""
    fragment: str


def check(
    folder: Path,
    pages: Callable[[], Iterable[Page]],
    site_url: str = "",
    emitted: Mapping[str, Iterable[str]] | None = None,
    exported: Container[str] = (),
    memo: Memo | None = None,
) -> list[Failure]:
    """What the links of a built site lead to and is not there.

    Args:
        folder: The built site.
        pages: Gives what it was built from, when a link is wrong: failures name the page and
            the line that it is written on.
        site_url: The address that the site is built for, where it is known.
        emitted: By file, the addresses in files that are no pages; followed when all links of pages hold.
        exported: The files that those were read from; they are not read again.
        memo: What was read of pages before.
    """
    memo = memo or Memo(Path(), "")
    files = {name: folder / name for name in files_in(folder)}
    unread = {name: file for name, file in files.items() if name not in exported}
    documents = {name: read(file) for name, file in unread.items() for read in _readers(name, memo)}

    def wrong(urls: Mapping[str, Iterable[str]]) -> list[tuple[Link, tuple[str, str]]]:
        return [
            (link, problem)
            for name in sorted(urls)
            for url in dict.fromkeys(urls[name])
            if (link := _resolve(name, url, site_url)) and (problem := _problem(link, files, documents))
        ]

    broken = wrong({name: document.urls for name, document in documents.items()}) or wrong(emitted or {})
    return sorted(_failures(broken, files, pages())) if broken else []


def _failures(
    broken: Iterable[tuple[Link, tuple[str, str]]], files: Mapping[str, Path], pages: Iterable[Page]
) -> Iterable[Failure]:
    """What is wrong, at the lines of pages; what a template writes on many of them is said once."""
    sources = {name: page for page in pages for name in _built_as(page.name)}
    failures: dict[tuple[object, ...], Failure] = {}
    for link, problem in broken:
        page = sources.get(link.file)
        line = _line(page, link) if page else None
        key = (link.file, link.url) if line else (link.target, link.fragment)
        if key not in failures:
            failures[key] = _failure(link, files[link.file], page, line, *problem)
    return failures.values()


def _readers(name: str, memo: Memo) -> Iterator[Callable[[Path], Document]]:
    """How to read a built file, if it has links."""
    for end, read in ((".html", partial(_html, memo)), (".css", _stylesheet), ("sitemap.xml", _sitemap)):
        if name.endswith(end):
            yield read
    if name == "search/search_index.json":
        yield _search_index


def _html(memo: Memo, file: Path) -> Document:
    html = file.read_text("utf-8")
    urls, fragments = memo.get("links", html, lambda: _links(html))
    return Document(tuple(urls), frozenset(fragments))


def _links(html: str) -> list[list[str]]:
    """The addresses that a page names, and the fragments that it has."""
    urls: list[str] = []
    fragments: set[str] = set()
    for node in LexborHTMLParser(html).css(f"[id],a[name],{prose.SELECTOR}"):
        urls += prose.addresses(node)
        names = ("id", "name") if node.tag == "a" else ("id",)
        fragments |= {node.attributes.get(name) or "" for name in names}
    return [[*dict.fromkeys(urls)], sorted(fragments)]


def _stylesheet(file: Path) -> Document:
    return Document(tuple(match["url"] for match in _css.finditer(file.read_text("utf-8")) if match["url"]))


def _sitemap(file: Path) -> Document:
    return Document(tuple(loc.text or "" for loc in ElementTree.parse(file).iter("{*}loc")))


def _search_index(file: Path) -> Document:
    entries = json.loads(file.read_text("utf-8"))["docs"]
    return Document(tuple(f"../{entry['location']}" for entry in entries))


def _resolve(file: str, url: str, site_url: str) -> Link | None:
    """Where a link leads; None when that is another site."""
    try:
        here, parts = urlsplit(site_url), urlsplit(url.strip())
    except ValueError:
        return Link(file, url, "..", "")
    ours = parts.netloc and parts.netloc == here.netloc and parts.path.startswith(here.path)
    if (parts.scheme or parts.netloc) and not ours:
        return None
    path = unquote(parts.path)
    if path.startswith("/"):
        root = here.path.rstrip("/") + "/"
        target = posixpath.normpath(path.removeprefix(root) or ".") if path.startswith(root) else ".."
    elif path:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(file), path))
    else:
        target = file
    slash = "/" if path.endswith("/") else ""
    return Link(file, url, target + slash, unquote(parts.fragment))


def _problem(
    link: Link, files: Mapping[str, Path], documents: Mapping[str, Document]
) -> tuple[str, str] | None:
    """What is wrong with a link, and how to mend it."""
    served = next((candidate for candidate in _served(link.target) if candidate in files), None)
    if served is None:
        remedy = "Name a page by its file, as in [text](../async/timeouts.md#why)."
        return f"the link to {link.url} leads nowhere", remedy
    fragments = documents[served].fragments if served in documents else None
    if not link.fragment or link.fragment == "top" or link.fragment.startswith(":~:") or fragments is None:
        return None
    if link.fragment in fragments:
        return None
    similar = get_close_matches(link.fragment, fragments)
    remedy = f"Like it there: {', '.join(f'#{fragment}' for fragment in similar)}." if similar else ""
    return f"the link to {link.url} names a fragment that is not there", remedy or "Remove the fragment."


def _served(target: str) -> Iterator[str]:
    """The files that a server may send for a path of the site."""
    yield target
    yield "index.html" if target in (".", "./") else f"{target.rstrip('/')}/index.html"


def _built_as(name: str) -> tuple[str, ...]:
    """The files that a page may be built as, by its name: `async/timeouts`."""
    folder, _, stem = name.rpartition("/")
    if stem in ("index", "README"):
        return (posixpath.join(folder, "index.html"),)
    return f"{name}/index.html", f"{name}.html"


def _failure(
    link: Link, file: Path, page: Page | None, line: int | None, message: str, remedy: str
) -> Failure:
    """The failure, at the place that is nearest to what has to be mended."""
    if page and line:
        return Failure(page.path, line, message, remedy)
    if page:
        return Failure(page.path, 1, message, f"{remedy}\nA template writes this link, not the page's text.")
    content = file.read_text("utf-8", errors="replace")  # an inventory is no text
    number = content[: max(content.find(link.url), 0)].count("\n") + 1
    return Failure(link.file, number, message, f"{remedy}\nThis is a file of the built site.")


def _line(page: Page, link: Link) -> int | None:
    """The line of a page's Markdown that a link is written on."""
    written = list(prose.find(prose.parse(page.text)))
    same = [address.line for address in written if unquote(address.url) == unquote(link.url)]
    return next(
        iter(same or [address.line for address in written if _leads_to(page.name, address.url, link)]), None
    )


def _leads_to(name: str, written: str, link: Link) -> bool:
    """Whether a link of a page's Markdown is what MkDocs made a link of the built page from."""
    path, _, fragment = unquote(written).partition("#")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    built = (target,) if not path.endswith(".md") else _built_as(target.removesuffix(".md"))
    return fragment == link.fragment and not set(built).isdisjoint(_served(link.target))
