"""Say what of a built site a reader keeps: `write(folder)` makes the service worker, and a list for pages.

Pages, and what they look like and search with, are kept from the first visit on. The
big files that only a run takes are in folders named by a digest: they are kept once a
reader has run something, or asks for them.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Collection, Mapping
from pathlib import Path

from proven.project import BROWSER, REDIRECTS, files_in
from proven.scan import pack

SCRIPT = "service-worker.js"

PARTS = "assets/runner/parts.json"
"""What a reader can ask for: sizes, and the files of each part, by their paths in the site."""

_DIGEST = re.compile(r"(^|/)[0-9a-f]{16}/")

_NOT_KEPT = re.compile(
    r"(\.map|\.gz|sitemap\.xml|404\.html)$|(^|/)(\.|lunr/|service-worker\.js$|runner/missing\.js$)"
)
"""What pages do not load, or browsers keep themselves; `lunr` is for other languages than English."""


def write(folder: Path, exported: Collection[str] = ()) -> None:
    """Make the service worker of a built site, and the list of what a reader can ask for.

    The worker is another for every change in what the site keeps, so that browsers notice a new release.

    Args:
        folder: The built site.
        exported: Files in it that are for tools and agents, or only lead to pages.

    Raises:
        OSError: The disk does not take it.
    """
    left_out = {*exported, PARTS} - {REDIRECTS, pack.NAME}
    kept = [name for name in files_in(folder) if name not in left_out and not _NOT_KEPT.search(name)]
    sizes = {name: (folder / name).stat().st_size for name in kept}
    pages = [name for name in kept if not _DIGEST.search(name)]
    big = {name: size for name, size in sizes.items() if _DIGEST.search(name)}
    offered = {"pages": sum(sizes[name] for name in pages), "parts": _offered(big)}
    (folder / PARTS).write_text(json.dumps(offered), "utf-8")
    release = {"pages": [_entry(folder, name) for name in (*pages, PARTS)], "parts": [*big]}
    compiled = (folder / "assets" / "runner" / SCRIPT).read_text("utf-8")
    (folder / SCRIPT).write_text(f"self.RELEASE = {json.dumps(release)};\n{compiled}", "utf-8")


def _offered(big: Mapping[str, int]) -> list[dict[str, object]]:
    """The parts, newest Python first: a name, whether most readers want it, and the sizes of its files."""
    folders = {match[1] for name in big if (match := re.search(r"/runtime/[^/]+/([^/]+)/", name))}
    versions = sorted(folders, key=lambda version: [*map(int, version.split("."))], reverse=True)
    browser = rf"/runtime/[^/]+/{BROWSER}/"
    patterns = {
        **{f"Python {version}": rf"/runtime/[^/]+/{version}/" for version in versions},
        "Packages": "/packages/",
        "Types (mypy)": rf"/checkers/[^/]+/mypy/|{browser}",
        "Lint (Ruff)": "/checkers/[^/]+/ruff/",
        "Check your code": "/checkers/[^/]+/(ruff|ast-grep)/",
    }
    wanted = {f"Python {BROWSER}", "Packages"}
    parts = {
        title: {name: size for name, size in big.items() if re.search(pattern, name)}
        for title, pattern in patterns.items()
    }
    return [
        {"name": name, "wanted": name in wanted, "files": files} for name, files in parts.items() if files
    ]


def _entry(folder: Path, name: str) -> dict[str, str]:
    """A file as Workbox wants it; with the wrong content it is refused, and the release with it."""
    digest = hashlib.sha256((folder / name).read_bytes()).digest()
    url = re.sub(r"(^|/)index\.html$", r"\1", name) or "./"
    return {"url": url, "revision": digest.hex()[:16], "integrity": f"sha256-{b64encode(digest).decode()}"}
