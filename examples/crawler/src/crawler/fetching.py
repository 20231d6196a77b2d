"""One page of a site."""

from typing import NamedTuple

import httpx

from crawler.links import find_links


class PageError(Exception):
    """The server answered, but not with a page that can be read."""


class Page(NamedTuple):
    """The size of a page in bytes, and its links as they are written."""

    size: int
    links: list[str]


async def fetch(client: httpx.AsyncClient, address: str, *, max_size: int) -> Page:
    """Return the page at an address; a redirect is a page with one link.

    Raises:
        PageError: The answer is an error, compressed, too large or broken.
        httpx.HTTPError: There is no answer.
    """
    async with client.stream("GET", address) as response:
        if response.has_redirect_location:
            return Page(0, [response.headers["location"]])
        if not response.is_success:
            raise PageError(f"HTTP status {response.status_code}")
        if not response.headers.get("content-type", "").startswith("text/html"):
            return Page(0, [])
        body = await _read(response, max_size)
    try:
        return Page(len(body), find_links(_decode(body, response.charset_encoding)))
    except ValueError as error:
        raise PageError(str(error)) from error


async def _read(response: httpx.Response, max_size: int) -> bytes:
    if response.headers.get("content-encoding", "identity") != "identity":
        raise PageError("compressed, so its size is not known")
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > max_size:
            raise PageError(f"larger than {max_size} bytes")
    return bytes(body)


def _decode(body: bytes, encoding: str | None) -> str:
    try:
        return body.decode(encoding or "utf-8", errors="replace")
    except (LookupError, ValueError):  # a server may name any encoding: `x`, `hex`
        return body.decode("utf-8", errors="replace")
