"""The command line."""

import asyncio
import signal
from collections.abc import Iterator

import pytest
from sites import START, Site, links

from crawler.command import main


def test_the_report_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([START], transport=Site({"/": links("a"), "/a": links()})) == 0
    assert capsys.readouterr().out == "pages read: 2, failed: 0\n"


@pytest.fixture
def heeded() -> Iterator[None]:
    """Ctrl+C interrupts: a job in the background is started with it ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("heeded")
def test_an_interrupted_crawl_prints_what_it_has(
    capsys: pytest.CaptureFixture[str],
) -> None:
    async def interrupt() -> str:
        signal.raise_signal(signal.SIGINT)  # as Ctrl+C does
        await asyncio.Event().wait()
        return "/"

    site = Site({"/": links("a"), "/a": interrupt})
    assert main([START], transport=site) == 130
    assert "pages read: 1, failed: 0\n" in capsys.readouterr().out


def test_a_start_that_is_no_page_is_an_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["site.test"])
    assert "is not the address of a public page" in capsys.readouterr().err
