"""What clients send, and what they may see."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, StringConstraints

Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)
]


class NewBookmark(BaseModel):
    """A bookmark that a client wants to add."""

    model_config = ConfigDict(extra="forbid")

    url: HttpUrl
    title: Title


class Bookmark(BaseModel):
    """A bookmark as everybody may see it."""

    id: int
    url: str
    title: str
    visits: int


class AddedBookmark(Bookmark):
    """What whoever added it gets, once: the key that removes it."""

    key: str


class Page(BaseModel):
    """Bookmarks in the order in which they were added."""

    items: list[Bookmark]
    after: Annotated[int | None, Field(description="Where the next page begins.")]
