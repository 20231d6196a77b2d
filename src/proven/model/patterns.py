"""The detectors that a site brings itself."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Pattern:
    """A rule of ast-grep that finds violations of the rule of a page, beside which its file is."""

    id: str
    """The page's code and a few words: `PX186-with-connect`."""
    path: str
    line: int
    """Where it begins in its file, counted from 1."""
    text: str
    """Its document of YAML, as ast-grep reads it."""
    severity: str
    """How ast-grep calls the page's level: error, warning or info."""
    message: str
    """The harm, in one sentence."""
    note: str
    """What it does not see, or sees wrongly."""
    marks: tuple[str, ...]
    """The lines under the page's Avoid at which it fires, without what they begin with."""
    fix: Literal["", "safe", "unsafe"]
    """Whether what it mends does the same but for the harm; empty where it mends nothing."""
