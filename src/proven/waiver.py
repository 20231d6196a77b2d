"""What a block is let off: `Waiver`."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Waiver:
    """Findings that are not held against a block for some time."""

    codes: tuple[str, ...]
    """As a tool or the writer names them: `arg-type`, `B006`, `mutable-argument-default`, `format`."""
    until: date
    reason: str
