"""A crawl, seen from the one who asked for it."""

import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from sites import START, Site, crawled, links, streamed

from crawler import Limits, Report, crawl


def test_all_pages_of_the_host_are_visited_and_no_others() -> None:
    site = Site(
        {
            "/": links("a", "/c.pdf", "http://other.test/", "mailto:ada@site.test"),
            "/a": links("/", "#top", "http://site.test:80/b"),
            "/b": links(),
            "/c.pdf": httpx.Response(200, content=b"%PDF"),
        }
    )
    report = crawled(site)
    assert sorted(report.pages) == [START, START + "a", START + "b", START + "c.pdf"]
    assert report.complete


def test_each_address_is_fetched_once() -> None:
    site = Site({"/": links("a", "b"), "/a": links("c#1"), "/b": links("c#2", "/")})
    crawled(site)
    assert len(site.requests) == len(set(site.requests)), "an address was fetched twice"


def test_few_requests_are_open_at_once() -> None:
    open_requests: list[int] = []
    most = 0

    async def page() -> str:
        nonlocal most
        open_requests.append(1)
        most = max(most, len(open_requests))
        for _ in range(5):  # the others get the time to begin
            await asyncio.sleep(0)
        open_requests.pop()
        return "/"

    names = [f"/{number}" for number in range(20)]
    site = Site({"/": links(*names), **dict.fromkeys(names, page)})
    crawled(site, Limits(open_requests=3))
    assert len(site.requests) == 21
    assert most == 3


def test_one_client_serves_the_whole_crawl() -> None:
    site = Site({"/": links("a"), "/a": links("b"), "/b": links()})
    crawled(site)
    assert site.closed == 1, "number of clients that were opened and closed"


def test_a_page_that_trickles_is_given_up() -> None:
    async def trickle() -> AsyncIterator[bytes]:
        while True:
            yield b"."
            await asyncio.sleep(0.001)  # each wait is short: httpx's timeout never ends

    site = Site({"/": links("slow", "fast"), "/slow": streamed(trickle())})
    site.pages = {**site.pages, "/fast": links()}
    report = crawled(site, Limits(request_time=0.05))
    assert report.failures == {START + "slow": "not read within 0.05 s"}
    assert START + "fast" in report.pages


def test_at_the_deadline_the_pages_so_far_are_kept() -> None:
    async def never() -> str:
        await asyncio.Event().wait()
        return "/"

    site = Site({"/": links("never"), "/never": never})
    report = crawled(site, Limits(total_time=0.05))
    assert list(report.pages) == [START]
    assert report.waiting == {START + "never"}
    assert site.closed


def test_a_cancelled_crawl_closes_its_client_and_keeps_the_pages() -> None:
    site = Site({"/": links("never")})
    report = Report()

    async def main() -> None:
        asked = asyncio.Event()

        async def never() -> str:
            asked.set()
            await asyncio.Event().wait()
            return "/"

        site.pages = {**site.pages, "/never": never}
        task = asyncio.create_task(crawl(START, report, transport=site))
        async with asyncio.timeout(1):
            await asked.wait()
            task.cancel()
            await asyncio.wait([task])
        assert task.cancelled()
        assert asyncio.all_tasks() == {asyncio.current_task()}, "tasks were left behind"

    asyncio.run(main())
    assert list(report.pages) == [START]
    assert site.closed, "the client was left open"


def test_a_page_that_fails_is_reported_with_its_cause() -> None:
    async def refuse() -> str:
        raise httpx.ConnectError("connection refused")

    site = Site({"/": links("gone", "down", "a"), "/down": refuse, "/a": links()})
    report = crawled(site)
    assert report.failures == {
        START + "gone": "HTTP status 404",
        START + "down": "ConnectError: connection refused",
    }
    assert START + "a" in report.pages


def test_a_bug_is_not_taken_for_a_failed_page() -> None:
    async def bug() -> str:
        raise AttributeError("a bug, not a failure of the server")

    with pytest.raises(
        ExceptionGroup, match="unhandled errors in a TaskGroup"
    ) as group:
        crawled(Site({"/": bug}))
    assert group.group_contains(AttributeError)


def test_a_page_that_is_too_large_is_not_read_to_its_end() -> None:
    sent = 0

    async def large() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1_000):
            sent += 1
            yield b"." * 1_000

    report = crawled(Site({"/": streamed(large())}), Limits(page_size=10_000))
    assert sent == 11, "parts that were sent, of 1 kB each"
    assert report.failures == {START: "larger than 10000 bytes"}


def test_a_redirect_does_not_lead_to_another_host() -> None:
    away = httpx.Response(302, headers={"Location": "http://other.test/"})
    loop = httpx.Response(302, headers={"Location": "/loop"})
    site = Site({"/": links("away", "loop"), "/away": away, "/loop": loop})
    report = crawled(site)
    assert site.requests == [START, START + "away", START + "loop"]
    assert report.complete


def test_a_redirect_to_a_host_without_a_name_is_reported() -> None:
    odd = httpx.Response(302, headers={"Location": "http://xn--a/"})
    report = crawled(Site({"/": links("odd", "a"), "/odd": odd, "/a": links()}))
    assert list(report.failures) == [START + "odd"]
    assert START + "a" in report.pages


def test_a_site_without_end_is_left_at_the_limit_of_addresses() -> None:
    site = Site({})

    async def calendar() -> str:
        return f"/{len(site.requests)}"

    site.pages = {"/": calendar, **{f"/{day}": calendar for day in range(1, 50)}}
    report = crawled(site, Limits(addresses=10))
    assert len(report.pages) == 10
    assert not report.complete, "nothing tells that links were left out"


@pytest.mark.parametrize(
    "link", ["http://site.test:port/", "a\x00b"], ids=["port", "nul"]
)
def test_a_broken_link_is_reported(link: str) -> None:
    report = crawled(Site({"/": links(link, "a"), "/a": links()}))
    assert list(report.failures) == [link]
    assert START + "a" in report.pages


@pytest.mark.parametrize("start", ["", "site.test", "ftp://site.test", "http://a:b@c"])
def test_a_start_that_is_no_page_is_refused(start: str) -> None:
    with pytest.raises(ValueError, match="is not"):
        asyncio.run(crawl(start, Report(), transport=Site({})))


def test_limits_are_above_zero() -> None:
    with pytest.raises(ValueError, match="open_requests is not above zero"):
        Limits(open_requests=0)
