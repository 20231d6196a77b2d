"""The crawl of a site."""

import asyncio
import logging

import httpx

from crawler.addresses import parse_start, resolve
from crawler.fetching import fetch
from crawler.report import Limits, Report

logger = logging.getLogger(__name__)


async def crawl(
    start: str,
    report: Report,
    *,
    limits: Limits | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Visit a page and all that it leads to on its host."""
    limits = limits or Limits()
    first = resolve(start, parse_start(start))
    crawler = _Crawl(transport, report, limits)
    await asyncio.wait_for(crawler.visit(first), limits.total_time)


class _Crawl:
    def __init__(
        self,
        transport: httpx.AsyncBaseTransport | None,
        report: Report,
        limits: Limits,
    ) -> None:
        self._transport = transport
        self._report = report
        self._limits = limits
        self._seen: set[str] = set()

    async def visit(self, address: str) -> None:
        if address in self._seen or len(self._seen) >= self._limits.addresses:
            return
        try:
            size, links = await self._fetch(address)
        except Exception:
            logger.warning("cannot read %s", address)
            return
        self._seen.add(address)
        self._report.pages[address] = size
        page = httpx.URL(address)
        addresses = [resolve(link, page) for link in links]
        await asyncio.gather(*(self.visit(found) for found in addresses if found))

    async def _fetch(self, address: str) -> tuple[int, list[str]]:
        async with httpx.AsyncClient(
            transport=self._transport,
            timeout=self._limits.request_time,
            limits=httpx.Limits(max_connections=self._limits.open_requests),
            follow_redirects=True,
        ) as client:
            return await fetch(client, address, max_size=self._limits.page_size)
