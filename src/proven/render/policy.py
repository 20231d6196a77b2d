"""Tell browsers what a page may do: `add_csp(html) -> html`."""

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterable

from selectolax.lexbor import LexborHTMLParser

_DIRECTIVES = (
    "default-src 'self'",  # Firefox fetches the page that `rel=next` names
    "frame-src 'none'",
    "media-src 'none'",
    "object-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'{hashes}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
)

_ALONE = (
    "default-src 'none'",
    "script-src{hashes}",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)
"""For a page that loads nothing."""

_START = re.compile(
    r"\s*(<!doctype[^>]*>)?(\s*<html[^>]*>)?(\s*<head[^>]*>)?(\s*<meta\s+charset[^>]*>)?", re.IGNORECASE
)
"""What a policy can follow; the encoding has to be in the first 1,024 bytes, and loads nothing."""

_THERE = re.compile(r"<meta\s+http-equiv=[\"']?content-security-policy", re.IGNORECASE)


def add_csp(html: str, scripts: Iterable[str] | None = None, alone: bool = False) -> str:
    """A page with a Content-Security-Policy, and no referrer for other sites, as its first meta elements.

    Its own inline scripts are let pass by their hashes. A page that has a policy is left as it is.

    Args:
        html: A whole page, as it will be served.
        scripts: What `hashes` gives of it, where that is known.
        alone: Whether it is to load nothing, from its own site neither.
    """
    if _THERE.search(html):
        return html
    allowed = "".join(f" '{digest}'" for digest in (hashes(html) if scripts is None else scripts))
    unused = {"style-src 'unsafe-inline'"} if alone and "<style" not in html else set[str]()
    directives = (each for each in (_ALONE if alone else _DIRECTIVES) if each not in unused)
    policy = "; ".join(directives).format(hashes=allowed)
    metas = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    metas += '<meta name="referrer" content="no-referrer">'
    return prepend_to_head(metas, html)


def prepend_to_head(elements: str, html: str) -> str:
    """A page with more elements at the start of its head."""
    start = _START.match(html)
    assert start  # it matches the empty string
    return html[: start.end()] + elements + html[start.end() :]


def hashes(html: str) -> list[str]:
    """The inline scripts of a page that a browser executes, as a policy names them."""
    scripts = (
        script.text(strip=False)
        for script in LexborHTMLParser(html).css("script:not([src])")
        if not (script.attributes.get("type") or "").endswith("json")
    )
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return list(dict.fromkeys(f"sha256-{b64encode(digest).decode()}" for digest in digests))
