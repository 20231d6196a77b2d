"""Pages that work from disk, where the address of a folder shows its files: `from_disk(html, root)`."""

import json
import re

from proven.render import policy

MAIN = "assets/runner/main.js"
"""The script of pages whose blocks run."""

CARRIER = "assets/runner/carrier.js"
"""The script that gets files from those that carry them."""

_ADDRESS = re.compile(r'(\bhref="|\bcontent="\d+; ?url=)([^"]*)"')
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_OFFLINE = '<meta name="proven-offline">'


def to_file(url: str) -> str:
    """A relative address of a page's folder as that of its file; any other as it is."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    if _SCHEME.match(url) or not path or not (path.endswith("/") or path.rpartition("/")[2] in (".", "..")):
        return url
    return f"{path.rstrip('/')}/index.html{url[len(path) :]}"


def from_disk(html: str, root: str) -> str:
    """A page whose links lead to files, and which gets files from the scripts that carry them.

    Args:
        html: The page, as it is for a server.
        root: The way from the page to the site's root: `../../`.
    """
    linked = _ADDRESS.sub(lambda match: f'{match[1]}{to_file(match[2])}"', html)
    linked = linked.replace(_OFFLINE, "").replace("script-src 'self'", "script-src 'self' blob:", 1)
    if MAIN not in html:
        return linked
    return policy.prepend_to_head(f'<script src="{root}{CARRIER}"></script>', linked)


def index_from_disk(index: str) -> str:
    """The search index, as pages that are opened from disk find it, with links that lead to files."""
    search = json.loads(index)
    for entry in search["docs"]:
        path, mark, fragment = entry["location"].partition("#")
        entry["location"] = f"{to_file(path or './').removeprefix('./')}{mark}{fragment}"
    return json.dumps(search, ensure_ascii=False, separators=(",", ":"))
