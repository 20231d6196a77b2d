"""One page of a site."""

from typing import NamedTuple

import httpx

from crawler.links import find_links


class Page(NamedTuple):
    """The size of a page in bytes, and its links as they are written."""

    size: int
    links: list[str]


async def fetch(client: httpx.AsyncClient, address: str, *, max_size: int) -> Page:
    """Return the page at an address."""
    response = await client.get(address)
    response.raise_for_status()
    if "text/html" not in response.headers.get("content-type", ""):
        return Page(0, [])
    if len(response.content) > max_size:
        raise ValueError(f"larger than {max_size} bytes")
    return Page(len(response.content), find_links(response.text))
