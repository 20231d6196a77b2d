"""What tools say of code, in one form."""

from dataclasses import dataclass

type Span = tuple[int, int, int, int]
"""Line and column of a start and of an end, counted from 1; columns count characters, the end is left out."""


class Stopped(Exception):
    """The check cannot be done; the message says what is wrong, where, and what to do."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of text to be put in place of another."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A place where a detector fires."""

    tool: str
    """`ruff`, `ast-grep`, `mypy` or `pyright`."""
    code: str
    """What the tool calls its rule: `B006`, `PX186-with-connect`."""
    message: str
    path: str
    span: Span
    """In a notebook, within the cell."""
    cell: int = 0
    """The cell of a notebook, counted from 1 among all its cells; 0 in other files."""
    edits: tuple[Edit, ...] = ()
    """How it is mended; empty where it is not."""
    is_safe: bool = False
    """Whether the mended code does the same but for the harm."""

    @property
    def place(self) -> tuple[str, int, Span]:
        """What findings are sorted by."""
        return self.path, self.cell, self.span
