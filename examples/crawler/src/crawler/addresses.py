"""Addresses of the web."""

import httpx


def parse_start(start: str) -> httpx.URL:
    """Return the address of a first page.

    Raises:
        ValueError: It is not an address of the web, or it holds a password.
    """
    try:
        url = httpx.URL(start)
    except httpx.InvalidURL as error:
        raise ValueError(f"{start!a} is not an address: {error}") from error
    if url.scheme not in ("http", "https") or not url.raw_host or url.userinfo:
        raise ValueError(f"{start!a} is not the address of a public page")
    return url


def resolve(link: str, page: httpx.URL) -> str | None:
    """Return the address that a link of a page leads to; None on another host.

    An address has one spelling: with a path, and without a fragment or password.

    Raises:
        ValueError: The link is not an address.
    """
    try:
        url = page.join(link)
    except httpx.InvalidURL as error:
        raise ValueError(str(error)) from error
    if url.scheme not in ("http", "https"):
        return None
    if (url.raw_host, url.port) != (page.raw_host, page.port):
        return None
    return str(url.copy_with(raw_path=url.raw_path, fragment=None, userinfo=b""))
