"""What clients see."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from conftest import add, running, stored

from bookmarks.app import create_app

JSON = {"content-type": "application/json"}


def test_a_bookmark_is_added_and_shown(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            added = await add(client, "tea")
            assert added.status_code == 201
            shown = await client.get(f"/bookmarks/{added.json()['id']}")
        assert shown.json()["url"] == "https://example.com/tea"
        assert added.json().items() >= shown.json().items()

    asyncio.run(check())


def test_what_is_answered_is_committed(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            await add(client, "tea")
            assert stored(path, "title") == ["tea"]

    asyncio.run(check())


def test_the_key_is_shown_to_nobody_else(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            key = (await add(client, "tea")).json()["key"]
            for address in ("/bookmarks/1", "/bookmarks"):
                assert key not in (await client.get(address)).text

    asyncio.run(check())


def test_only_the_key_removes_a_bookmark(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            key = (await add(client, "tea")).json()["key"]
            remove = partial(client.delete, "/bookmarks/1")
            statuses = [
                (await remove(headers={"key": tried})).status_code
                for tried in ("", key.swapcase(), key, key)
            ]
        assert statuses == [403, 403, 204, 404]

    asyncio.run(check())


@pytest.mark.parametrize("address", ["/bookmarks/7", "/bookmarks/7/visit"])
def test_a_missing_bookmark_is_not_found(path: Path, address: str) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            answer = await client.get(address)
        assert (answer.status_code, answer.json()) == (
            404,
            {"detail": "There is no bookmark 7."},
        )

    asyncio.run(check())


@pytest.mark.parametrize(
    ("url", "title"),
    [
        pytest.param("https://example.com", None, id="no title"),
        pytest.param("https://example.com", " ", id="blank title"),
        pytest.param("https://example.com", "t" * 201, id="long title"),
        pytest.param("https://example.com", "\ud800", id="no text"),
        pytest.param("https://example.com", float("inf"), id="a number"),
        pytest.param("javascript:alert(1)", "tea", id="script"),
        pytest.param("example.com", "tea", id="no scheme"),
    ],
)
def test_a_body_that_is_not_valid_is_refused(
    path: Path, url: str, title: object
) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            body = json.dumps({"url": url, "title": title})
            answer = await client.post("/bookmarks", content=body, headers=JSON)
            assert (answer.status_code, stored(path, "title")) == (422, [])

    asyncio.run(check())


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("/bookmarks/x", id="no number"),
        pytest.param(f"/bookmarks/{10**30}", id="a huge number"),
        pytest.param("/bookmarks?limit=0", id="empty pages"),
        pytest.param("/bookmarks?limit=1000000", id="huge pages"),
    ],
)
def test_a_number_that_is_not_valid_is_refused(path: Path, address: str) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            assert (await client.get(address)).status_code == 422

    asyncio.run(check())


def test_pages_miss_nothing_when_a_bookmark_is_removed(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            names = ["tea", "ink", "pen", "cup", "jar"]
            keys = [(await add(client, name)).json()["key"] for name in names]
            first = (await client.get("/bookmarks?limit=2")).json()
            await client.delete("/bookmarks/1", headers={"key": keys[0]})
            second = (
                await client.get(f"/bookmarks?limit=3&after={first['after']}")
            ).json()
        assert [item["title"] for item in first["items"]] == ["tea", "ink"]
        assert [item["title"] for item in second["items"]] == ["pen", "cup", "jar"]
        assert second["after"] is None

    asyncio.run(check())


def test_of_two_equal_urls_one_is_refused(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            answers = await asyncio.gather(add(client, "tea"), add(client, "tea"))
        assert sorted(answer.status_code for answer in answers) == [201, 409]

    asyncio.run(check())


def test_an_equal_url_of_another_process_is_refused(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connect = sqlite3.connect
    interrupted: list[str] = []

    class Interrupted(sqlite3.Connection):
        """Lets another process write just before the application begins to."""

        def execute(self, sql: str, *args: Any) -> sqlite3.Cursor:
            if sql.split()[0] in {"BEGIN", "INSERT"} and not interrupted:
                interrupted.append(sql)
                with closing(connect(path)) as other, other:
                    other.execute(
                        "INSERT INTO bookmarks (url, title, key)"
                        " VALUES ('https://example.com/tea', 'theirs', '')"
                    )
            return super().execute(sql, *args)

    async def check() -> None:
        async with running(create_app(path)) as client:
            answer = await add(client, "tea")
        assert (answer.status_code, stored(path, "title")) == (409, ["theirs"])

    monkeypatch.setattr(sqlite3, "connect", partial(connect, factory=Interrupted))
    asyncio.run(check())


def test_a_write_that_waits_holds_up_no_other_request(path: Path) -> None:
    answered: list[str] = []

    async def check() -> None:
        async with running(create_app(path)) as client:
            with locked(path) as unlock:
                async with asyncio.TaskGroup() as group:
                    write = group.create_task(add(client, "tea"))
                    write.add_done_callback(lambda _: answered.append("write"))
                    look = group.create_task(client.get("/health"))
                    look.add_done_callback(lambda _: answered.append("health"))
                    look.add_done_callback(lambda _: unlock())
        assert write.result().status_code == 201

    asyncio.run(check())
    assert answered == ["health", "write"]


def test_a_write_that_is_cancelled_leaves_no_transaction_open(path: Path) -> None:
    async def check() -> None:
        async with running(create_app(path)) as client:
            with locked(path) as unlock:
                writing = asyncio.create_task(add(client, "tea"))
                await asyncio.create_task(client.get("/health"))  # starts after it
                writing.cancel()
                unlock()
            assert (await add(client, "ink")).status_code == 201
            assert "ink" in stored(path, "title")

    asyncio.run(check())


@contextmanager
def locked(path: Path) -> Generator[Callable[[], None]]:
    """Another process is writing, until it is told to end; after 2 s in any case."""
    with closing(sqlite3.connect(path, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        last_resort = Timer(2, other.rollback)
        last_resort.start()
        yield other.rollback
        last_resort.cancel()
        last_resort.join()
