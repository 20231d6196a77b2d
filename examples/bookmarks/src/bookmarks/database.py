"""The table of bookmarks, and what is done with it in one transaction."""

import hashlib
import secrets
import sqlite3
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bookmarks.models import AddedBookmark, Bookmark, NewBookmark, Page

SCHEMA = """
CREATE TABLE IF NOT EXISTS bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT, -- never given to another bookmark
    url TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    visits INTEGER NOT NULL DEFAULT 0,
    key TEXT NOT NULL -- its hash
) STRICT
"""


class BookmarkError(Exception):
    """A request that the bookmarks as they are do not allow."""


class DuplicateError(BookmarkError):
    """There is a bookmark with this URL."""


class MissingError(BookmarkError):
    """There is no such bookmark."""


class WrongKeyError(BookmarkError):
    """The key is not the one that the bookmark was added with."""


def connect(path: Path | str) -> sqlite3.Connection:
    """Opens the database, and makes the table if it is new; the caller closes it."""
    db = sqlite3.connect(path, isolation_level=None)  # transaction() begins them
    try:
        db.row_factory = sqlite3.Row
        db.execute("PRAGMA journal_mode = WAL")  # who reads need not wait
        db.execute(SCHEMA)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def transaction(db: sqlite3.Connection) -> Generator[None]:
    """Commits at the end of the block, or rolls back what leaves it by an exception."""
    db.execute("BEGIN IMMEDIATE")
    with db:
        yield


def add_bookmark(db: sqlite3.Connection, new: NewBookmark) -> AddedBookmark:
    """Stores the bookmark; raises DuplicateError if its URL is there."""
    key = secrets.token_urlsafe()
    row = (str(new.url), new.title, hash_key(key))
    try:
        cursor = db.execute(
            "INSERT INTO bookmarks (url, title, key) VALUES (?, ?, ?)"
            " RETURNING id, url, title, visits",
            row,
        )
        (stored,) = cursor.fetchall()
    except sqlite3.IntegrityError as error:
        raise DuplicateError(f"{new.url} is there already.") from error
    return AddedBookmark(key=key, **stored)


def find_bookmark(db: sqlite3.Connection, bookmark_id: int) -> Bookmark:
    """The bookmark of this number; raises MissingError."""
    sql = "SELECT id, url, title, visits FROM bookmarks WHERE id = ?"
    row = db.execute(sql, (bookmark_id,)).fetchone()
    if row is None:
        raise MissingError(f"There is no bookmark {bookmark_id}.")
    return Bookmark(**row)


def list_bookmarks(db: sqlite3.Connection, after: int, limit: int) -> Page:
    """Up to `limit` bookmarks whose numbers follow `after`."""
    sql = (
        "SELECT id, url, title, visits FROM bookmarks WHERE id > ? ORDER BY id LIMIT ?"
    )
    items = [Bookmark(**row) for row in db.execute(sql, (after, limit + 1))]
    more = len(items) > limit
    items = items[:limit]
    return Page(items=items, after=items[-1].id if more else None)


def remove_bookmark(db: sqlite3.Connection, bookmark_id: int, key: str) -> None:
    """Removes the bookmark; raises MissingError or WrongKeyError."""
    sql = "SELECT key FROM bookmarks WHERE id = ?"
    row = db.execute(sql, (bookmark_id,)).fetchone()
    if row is None:
        raise MissingError(f"There is no bookmark {bookmark_id}.")
    if not secrets.compare_digest(row["key"], hash_key(key)):
        raise WrongKeyError("This is not the key of the bookmark.")
    db.execute("DELETE FROM bookmarks WHERE id = ?", (bookmark_id,))


def add_visits(db: sqlite3.Connection, counts: Mapping[int, int]) -> None:
    """Adds to the visits of each bookmark; one that was removed is left out."""
    sql = "UPDATE bookmarks SET visits = visits + ? WHERE id = ?"
    db.executemany(sql, [(count, number) for number, count in counts.items()])


def hash_key(key: str) -> str:
    """What is stored of a key, so that the database cannot give it away."""
    return hashlib.sha256(key.encode()).hexdigest()
