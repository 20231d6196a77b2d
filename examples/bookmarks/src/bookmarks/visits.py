"""Counts visits in the background, so that no visitor waits for a write."""

import asyncio
import logging
import sqlite3
from collections import Counter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from bookmarks.database import add_visits
from bookmarks.store import Store

logger = logging.getLogger(__name__)


class Visits:
    """Visits that are to be written; while one batch is, the next is collected."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._counts: Counter[int] = Counter()
        self._wake = asyncio.Event()
        self._stopping = False

    def note(self, bookmark_id: int) -> None:
        """Counts a visit, without waiting for anything."""
        self._counts[bookmark_id] += 1
        self._wake.set()

    def stop(self) -> None:
        """Lets write() return as soon as it has written what is noted."""
        self._stopping = True
        self._wake.set()

    async def write(self) -> None:
        """Writes visits as they come; keeps those that could not be written."""
        while self._counts or not self._stopping:
            await self._wake.wait()
            self._wake.clear()
            counts, self._counts = self._counts, Counter[int]()
            try:
                await self._store.run(add_visits, counts)
            except sqlite3.Error:
                logger.exception("could not write %d visits", counts.total())
                if self._stopping:
                    return
                self._counts.update(counts)


@asynccontextmanager
async def count_visits(store: Store) -> AsyncGenerator[Visits]:
    """Writes what is noted in the block, to the last visit."""
    visits = Visits(store)
    writing = asyncio.create_task(visits.write())
    try:
        yield visits
    finally:
        visits.stop()
        await writing
