"""A site in memory, in place of the network."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping

import httpx

from crawler import Limits, Report, crawl

START = "http://site.test/"


class Site(httpx.MockTransport):
    """Answers requests by their path, and notes what is asked of it."""

    def __init__(
        self, pages: Mapping[str, httpx.Response | Callable[[], Awaitable[str]]]
    ) -> None:
        super().__init__(self._answer)
        self.pages = pages
        self.requests: list[str] = []
        self.closed = 0

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(str(request.url))
        page = self.pages.get(request.url.path, httpx.Response(404))
        return page if isinstance(page, httpx.Response) else links(await page())

    async def aclose(self) -> None:
        """Count how often a client has closed its connections."""
        self.closed += 1


def links(*addresses: str) -> httpx.Response:
    """Return a page with links."""
    return httpx.Response(200, html="".join(f'<a href="{a}">to</a>' for a in addresses))


def streamed(chunks: AsyncIterator[bytes]) -> httpx.Response:
    """Return a page that arrives bit by bit."""
    return httpx.Response(200, headers={"Content-Type": "text/html"}, content=chunks)


def crawled(site: Site, limits: Limits | None = None) -> Report:
    """Crawl a site; a crawl that does not end is a failure."""

    async def main() -> Report:
        report = Report()
        async with asyncio.timeout(1):
            await crawl(START, report, limits=limits, transport=site)
        return report

    return asyncio.run(main())
