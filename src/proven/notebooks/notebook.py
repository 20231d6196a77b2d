"""What is read of a notebook."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from proven.model import Place


@dataclass(frozen=True, slots=True)
class Notebook:
    """A notebook as a page."""

    text: str
    """Its Markdown."""
    places: tuple[Place, ...] = ()
    """Where each line of that stands in the notebook; empty where it stands at the same line."""
    stored: Mapping[int, str] = field(default_factory=dict)
    """What cells showed when the notebook was saved, by the line at which they begin, if they were run."""
