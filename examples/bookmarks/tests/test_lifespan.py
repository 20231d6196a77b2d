"""What begins and ends with the application."""

import asyncio
import sqlite3
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import add, running, stored

from bookmarks.app import create_app


def test_two_applications_keep_their_bookmarks_apart(path: Path) -> None:
    async def check() -> None:
        apps = [create_app(path.with_suffix(suffix)) for suffix in (".one", ".two")]
        async with running(apps[0]) as first, running(apps[1]) as second:
            await add(first, "tea")
            answer = await second.get("/bookmarks")
        assert answer.json()["items"] == []

    asyncio.run(check())


def test_an_application_that_is_not_started_opens_nothing(path: Path) -> None:
    assert "/bookmarks" in create_app(path).openapi()["paths"]
    assert not path.exists()


def test_the_database_is_closed_at_the_end(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[sqlite3.Connection] = []

    class Noted(sqlite3.Connection):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            opened.append(self)

    async def check() -> None:
        async with running(create_app(path)):
            pass

    connect = partial(sqlite3.connect, factory=Noted, check_same_thread=False)
    monkeypatch.setattr(sqlite3, "connect", connect)
    asyncio.run(check())
    for db in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed database"):
            db.execute("SELECT 1")


def test_the_last_visits_are_counted_at_the_end(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            await add(client, "tea")
            for _ in range(3):
                answer = await client.get("/bookmarks/1/visit")
                assert answer.headers["location"] == "https://example.com/tea"
        assert stored(path, "visits") == [3]

    asyncio.run(check())
