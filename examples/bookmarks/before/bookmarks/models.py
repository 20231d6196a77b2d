"""What clients send."""

from pydantic import BaseModel


class NewBookmark(BaseModel):
    """A bookmark that a client wants to add."""

    url: str
    title: str
