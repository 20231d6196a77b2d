"""The application, with a database of its own for each test."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the database will be."""
    return tmp_path / "bookmarks.sqlite3"


@asynccontextmanager
async def running(app: FastAPI) -> AsyncGenerator[httpx.AsyncClient]:
    """A client of the application, which runs in this process until the block ends."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://test") as client,
    ):
        yield client


async def add(client: httpx.AsyncClient, name: str) -> httpx.Response:
    """Adds the bookmark of a page of this name."""
    new = {"url": f"https://example.com/{name}", "title": name}
    return await client.post("/bookmarks", json=new)


def stored(path: Path, column: str) -> list[object]:
    """What a second connection finds, so only what is committed."""
    sql = {
        "title": "SELECT title FROM bookmarks ORDER BY id",
        "visits": "SELECT visits FROM bookmarks ORDER BY id",
    }[column]
    with closing(sqlite3.connect(path)) as db:
        return [value for (value,) in db.execute(sql)]
