"""The HTTP interface."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, FastAPI, Header, Query, Request
from fastapi import Path as PathParameter
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response

from bookmarks import database
from bookmarks.models import AddedBookmark, Bookmark, NewBookmark, Page
from bookmarks.store import Store, open_store
from bookmarks.visits import Visits, count_visits

JSON = "application/json"
HIGHEST_ID = 2**63 - 1  # what SQLite can store
STATUSES: dict[type[database.BookmarkError], HTTPStatus] = {
    database.MissingError: HTTPStatus.NOT_FOUND,
    database.DuplicateError: HTTPStatus.CONFLICT,
    database.WrongKeyError: HTTPStatus.FORBIDDEN,
}


async def current_store(request: Request) -> Store:
    """The database that the application has opened."""
    store: Store = request.app.state.store
    return store


async def current_visits(request: Request) -> Visits:
    """The counter that the application has started."""
    visits: Visits = request.app.state.visits
    return visits


CurrentStore = Annotated[Store, Depends(current_store)]
CurrentVisits = Annotated[Visits, Depends(current_visits)]
BookmarkId = Annotated[int, PathParameter(ge=1, le=HIGHEST_ID)]
router = APIRouter()


@router.get("/health")
async def health() -> str:
    """Answers while the event loop is not blocked."""
    return "up"


@router.post("/bookmarks", status_code=HTTPStatus.CREATED)
async def add(new: NewBookmark, store: CurrentStore) -> AddedBookmark:
    """Adds a bookmark; 409 if its URL is there."""
    return await store.run(database.add_bookmark, new)


@router.get("/bookmarks")
async def list_page(
    store: CurrentStore,
    after: Annotated[int, Query(ge=0, le=HIGHEST_ID)] = 0,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> Page:
    """Lists bookmarks; `after` of one page asks for the next."""
    return await store.run(database.list_bookmarks, after, limit)


@router.get("/bookmarks/{bookmark_id}")
async def show(bookmark_id: BookmarkId, store: CurrentStore) -> Bookmark:
    """Shows a bookmark; 404 if there is none."""
    return await store.run(database.find_bookmark, bookmark_id)


@router.get("/bookmarks/{bookmark_id}/visit")
async def visit(
    bookmark_id: BookmarkId, store: CurrentStore, visits: CurrentVisits
) -> RedirectResponse:
    """Sends the visitor on to the page, and counts the visit."""
    bookmark = await store.run(database.find_bookmark, bookmark_id)
    visits.note(bookmark.id)
    return RedirectResponse(bookmark.url)


@router.delete("/bookmarks/{bookmark_id}", status_code=HTTPStatus.NO_CONTENT)
async def remove(
    bookmark_id: BookmarkId, store: CurrentStore, key: Annotated[str, Header()]
) -> None:
    """Removes a bookmark, for whoever has its key; 403 for others."""
    await store.run(database.remove_bookmark, bookmark_id, key)


async def refuse(status: HTTPStatus, _: Request, error: Exception) -> JSONResponse:
    """Answers an error of the domain with its status."""
    return JSONResponse({"detail": str(error)}, status)


async def refuse_input(_: Request, error: RequestValidationError) -> Response:
    """Answers 422 without the input: an infinite number could not be sent back."""
    problems = [{"loc": each["loc"], "msg": each["msg"]} for each in error.errors()]
    body = json.dumps({"detail": problems})
    return Response(body, HTTPStatus.UNPROCESSABLE_ENTITY, media_type=JSON)


def create_app(path: Path) -> FastAPI:
    """An application that opens the database when it starts, and closes it at last."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncGenerator[None]:
        async with open_store(path) as store, count_visits(store) as visits:
            app.state.store = store
            app.state.visits = visits
            yield

    app = FastAPI(title="Bookmarks", lifespan=lifespan)
    app.include_router(router)
    app.exception_handler(RequestValidationError)(refuse_input)
    for error, status in STATUSES.items():
        app.add_exception_handler(error, partial(refuse, status))
    return app
