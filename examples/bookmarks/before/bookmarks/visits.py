"""Counts visits in the background."""

import asyncio

from bookmarks import database

counts: dict[int, int] = {}


def note(bookmark_id: int) -> None:
    """Counts a visit, which is written with others a little later."""
    if not counts:
        asyncio.create_task(write())
    counts[bookmark_id] = counts.get(bookmark_id, 0) + 1


async def write() -> None:
    """Writes the visits of a second."""
    await asyncio.sleep(1)
    for bookmark_id, count in counts.items():
        database.db.execute(
            "UPDATE bookmarks SET visits = visits + ? WHERE id = ?",
            (count, bookmark_id),
        )
    database.db.commit()
    counts.clear()
