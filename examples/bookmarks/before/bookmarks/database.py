"""The table of bookmarks."""

import sqlite3
from pathlib import Path

SCHEMA = """
CREATE TABLE IF NOT EXISTS bookmarks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    visits INTEGER NOT NULL DEFAULT 0,
    key TEXT NOT NULL
)
"""

db: sqlite3.Connection


def connect(path: Path) -> None:
    """Opens the database that all requests use."""
    global db
    db = sqlite3.connect(path, check_same_thread=False)
    db.row_factory = sqlite3.Row
    db.execute(SCHEMA)
