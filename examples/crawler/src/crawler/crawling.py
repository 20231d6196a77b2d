"""The crawl of a site."""

import asyncio

import httpx

from crawler.addresses import parse_start, resolve
from crawler.fetching import PageError, fetch
from crawler.report import Limits, Report


async def crawl(
    start: str,
    report: Report,
    *,
    limits: Limits | None = None,
    transport: httpx.AsyncBaseTransport | None = None,
) -> None:
    """Visit a page and all that it leads to on its host, until the time is over.

    A new `report` is filled in on the way: it is there when the crawl is cancelled.

    Raises:
        ValueError: `start` is not an address of the web.
    """
    first = parse_start(start)
    limits = limits or Limits()
    deadline = asyncio.timeout(limits.total_time)
    try:
        async with (
            deadline,
            open_client(transport) as client,
            asyncio.TaskGroup() as visits,
        ):
            _Crawl(client, visits, report, limits).follow(start, first)
    except TimeoutError:
        if not deadline.expired():
            raise


def open_client(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    """Return a client for a whole crawl."""
    return httpx.AsyncClient(
        transport=transport,
        headers={"Accept-Encoding": "identity", "User-Agent": "crawler/1.0"},
        timeout=None,  # would limit each wait of a request, however many there are
    )


class _Crawl:
    def __init__(
        self,
        client: httpx.AsyncClient,
        visits: asyncio.TaskGroup,
        report: Report,
        limits: Limits,
    ) -> None:
        self._client = client
        self._visits = visits
        self._report = report
        self._limits = limits
        self._slots = asyncio.Semaphore(limits.open_requests)
        self._seen: set[str] = set()

    def follow(self, link: str, page: httpx.URL) -> None:
        """Visit what a link leads to, unless that is elsewhere or was seen before.

        Without an await between the check and the note, no other task comes between.
        """
        try:
            address, problem = resolve(link, page), None
        except ValueError as error:
            address, problem = link, f"{error}, on {page}"
        if address is None or address in self._seen:
            return
        if len(self._seen) >= self._limits.addresses:
            self._report.left_out += 1
            return
        self._seen.add(address)
        if problem is None:
            self._report.waiting.add(address)
            self._visits.create_task(self._visit(address))
        else:
            self._report.failures[address] = problem

    async def _visit(self, address: str) -> None:
        async with self._slots:
            links = await self._read(address)
        page = httpx.URL(address)
        for link in links:
            self.follow(link, page)

    async def _read(self, address: str) -> list[str]:
        """Fetch a page, note its outcome, and return its links."""
        try:
            async with asyncio.timeout(self._limits.request_time):
                size, links = await fetch(
                    self._client, address, max_size=self._limits.page_size
                )
        except TimeoutError:
            cause = f"not read within {self._limits.request_time:g} s"
        except PageError as error:
            cause = str(error)
        except (httpx.HTTPError, UnicodeError) as error:  # UnicodeError: a host's name
            cause = f"{type(error).__name__}: {error}"
        else:
            self._report.add_page(address, size)
            return links
        self._report.add_failure(address, cause)
        return []
