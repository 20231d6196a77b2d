"""Say what of a built site a reader keeps: `release(folder) -> text` that the service worker starts with.

Pages, and what they look like and search with, are kept from the first visit on. The
big files that only a run takes are in folders named by a digest: they are kept once a
reader has run something.
"""

import hashlib
import json
import re
from base64 import b64encode
from collections.abc import Collection
from pathlib import Path

from proven.project import REDIRECTS, files_in

SCRIPT = "service-worker.js"

_DIGEST = re.compile(r"(^|/)[0-9a-f]{16}/")

_NOT_KEPT = re.compile(
    r"(\.map|\.gz|sitemap\.xml|404\.html)$|(^|/)(\.|lunr/|service-worker\.js$|runner/missing\.js$)"
)
"""What pages do not load, or browsers keep themselves; `lunr` is for other languages than English."""


def precache_manifest(folder: Path, exported: Collection[str] = ()) -> str:
    """The statement that tells the service worker of a built site.

    It is another for every change in what the site keeps, so that browsers notice a new release.

    Args:
        folder: The built site.
        exported: Files in it that are for tools and agents, or only lead to pages.
    """
    left_out = {*exported} - {REDIRECTS}
    kept = [name for name in files_in(folder) if name not in left_out and not _NOT_KEPT.search(name)]
    release = {
        "pages": [_entry(folder, name) for name in kept if not _DIGEST.search(name)],
        "parts": [name for name in kept if _DIGEST.search(name)],
    }
    return f"self.RELEASE = {json.dumps(release)};\n"


def _entry(folder: Path, name: str) -> dict[str, str]:
    """A file as Workbox wants it; with the wrong content it is refused, and the release with it."""
    digest = hashlib.sha256((folder / name).read_bytes()).digest()
    url = re.sub(r"(^|/)index\.html$", r"\1", name) or "./"
    return {"url": url, "revision": digest.hex()[:16], "integrity": f"sha256-{b64encode(digest).decode()}"}
