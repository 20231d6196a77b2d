"""The database for coroutines: it is used in a thread, one transaction at a time."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bookmarks.database import connect, transaction

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


class Store:
    """An open database; open_store() makes one, and closes it."""

    def __init__(self, thread: ThreadPoolExecutor, db: sqlite3.Connection) -> None:
        self._thread = thread
        self._db = db

    async def run(
        self,
        work: Callable[Concatenate[sqlite3.Connection, Arguments], Result],
        /,
        *args: Arguments.args,
        **kwargs: Arguments.kwargs,
    ) -> Result:
        """Calls `work` in a transaction, which is committed when this returns.

        Raises what `work` raises, and has rolled back. The transaction neither waits
        for the event loop nor ends with a caller that is cancelled meanwhile.
        """

        def transact() -> Result:
            with transaction(self._db):
                return work(self._db, *args, **kwargs)

        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, transact)


@asynccontextmanager
async def open_store(path: Path) -> AsyncGenerator[Store]:
    """Opens the database in a thread of its own, and closes it after the block."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="database") as thread:
        db = await loop.run_in_executor(thread, connect, path)
        try:
            yield Store(thread, db)
        finally:
            await loop.run_in_executor(thread, db.close)
