"""A real server on loopback, which is stopped while a request is in flight."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import stored

from bookmarks.app import create_app
from bookmarks.server import make_server

BODY = json.dumps({"url": "https://example.com/tea", "title": "tea"}).encode()
HEAD = (
    b"POST /bookmarks HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(BODY)
)


class InFlight(NamedTuple):
    """A request whose body the server waits for, while it has been told to stop."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    serving: asyncio.Task[None]


@asynccontextmanager
async def stopping(path: Path, grace: int) -> AsyncGenerator[InFlight]:
    listening = socket.create_server(("127.0.0.1", 0))
    address = listening.getsockname()
    server = make_server(create_app(path), grace=grace)
    serving = asyncio.create_task(server.serve([listening]))
    idle_reader, idle_writer = await asyncio.open_connection(*address)
    reader, writer = await asyncio.open_connection(*address)
    try:
        idle_writer.write(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
        await idle_reader.readuntil(b'"up"')
        writer.write(HEAD)
        await reader.readuntil(b"100 Continue\r\n\r\n")
        server.should_exit = True
        assert await idle_reader.read() == b"", "the idle connection is closed first"
        yield InFlight(reader, writer, serving)
    finally:
        server.force_exit = True
        for each in (idle_writer, writer):
            each.close()
        await serving


def test_a_request_in_flight_is_answered_before_the_end(path: Path) -> None:
    async def check() -> None:
        async with asyncio.timeout(5), stopping(path, grace=10) as request:
            with pytest.raises(ConnectionRefusedError):
                await asyncio.open_connection(
                    *request.writer.get_extra_info("peername")
                )
            request.writer.write(BODY)
            answer = await request.reader.read()
            assert answer.startswith(b"HTTP/1.1 201 Created\r\n")
            await request.serving
        assert stored(path, "title") == ["tea"]

    asyncio.run(check())


def test_a_request_that_does_not_end_is_given_up(path: Path) -> None:
    async def check() -> None:
        async with stopping(path, grace=0) as request, asyncio.timeout(2):
            await request.serving
        assert stored(path, "title") == []

    asyncio.run(check())
