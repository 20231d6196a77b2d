"""The HTTP interface."""

import secrets
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, FastAPI, Header, HTTPException
from fastapi.responses import RedirectResponse

from bookmarks import database, visits
from bookmarks.models import NewBookmark

router = APIRouter()


@router.get("/health")
async def health() -> str:
    """Answers while the event loop is not blocked."""
    return "up"


@router.post("/bookmarks", status_code=HTTPStatus.CREATED)
async def add(new: NewBookmark) -> dict[str, Any]:
    """Adds a bookmark; 409 if its URL is there."""
    sql = "SELECT id FROM bookmarks WHERE url = ?"
    if database.db.execute(sql, (new.url,)).fetchone():
        raise HTTPException(HTTPStatus.CONFLICT, f"{new.url} is there already.")
    cursor = database.db.execute(
        "INSERT INTO bookmarks (url, title, key) VALUES (?, ?, ?)",
        (new.url, new.title, secrets.token_urlsafe()),
    )
    database.db.commit()
    return find(cursor.lastrowid)


@router.get("/bookmarks")
async def list_page(after: int = 0, limit: int = 20) -> dict[str, Any]:
    """Lists bookmarks; `after` of one page asks for the next."""
    sql = "SELECT * FROM bookmarks ORDER BY id LIMIT ? OFFSET ?"
    rows = database.db.execute(sql, (limit + 1, after)).fetchall()
    more = len(rows) > limit
    items = [dict(row) for row in rows[:limit]]
    return {"items": items, "after": after + limit if more else None}


@router.get("/bookmarks/{bookmark_id}")
async def show(bookmark_id: int) -> dict[str, Any]:
    """Shows a bookmark; 404 if there is none."""
    return find(bookmark_id)


@router.get("/bookmarks/{bookmark_id}/visit")
async def visit(bookmark_id: int) -> RedirectResponse:
    """Sends the visitor on to the page, and counts the visit."""
    bookmark = find(bookmark_id)
    visits.note(bookmark_id)
    return RedirectResponse(bookmark["url"])


@router.delete("/bookmarks/{bookmark_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove(bookmark_id: int, key: Annotated[str, Header()]) -> None:
    """Removes a bookmark, for whoever has its key; 403 for others."""
    if find(bookmark_id)["key"] != key:
        raise HTTPException(
            HTTPStatus.FORBIDDEN, "This is not the key of the bookmark."
        )
    database.db.execute("DELETE FROM bookmarks WHERE id = ?", (bookmark_id,))
    database.db.commit()


def find(bookmark_id: int | None) -> dict[str, Any]:
    """The bookmark of this number."""
    sql = "SELECT * FROM bookmarks WHERE id = ?"
    row = database.db.execute(sql, (bookmark_id,)).fetchone()
    if row is None:
        detail = f"There is no bookmark {bookmark_id}."
        raise HTTPException(HTTPStatus.NOT_FOUND, detail)
    return dict(row)


def create_app(path: Path) -> FastAPI:
    """An application that uses the database at this path."""
    database.connect(path)
    app = FastAPI(title="Bookmarks")
    app.include_router(router)
    return app
