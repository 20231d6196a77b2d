"""What a site's builder remembers of a site that was verified."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Verified:
    """What is known of a site once it is verified."""

    navigation: list[Any]
    """What mkdocs.yml's `nav` takes; empty where the site has its own."""
    descriptions: dict[str, str]
    """The summaries of pages, by path."""
    fixes: dict[str, dict[str, str]]
    """By page and code of a rule of Ruff, the fixes that were tried: `safe` or `unsafe`."""
    fronts: dict[str, tuple[str, str, str]]
    """By path, the versions that a page speaks about, empty for all, the environment of its blocks, and the
    program that it shows."""
    packages: bool
    """Whether blocks import packages in WebAssembly."""
    blocks: int
    rules: int
    until: str
    """The day until which all waivers hold; empty without waivers."""
    ran: int = 0
    """How many runs it took."""
    unsteady: tuple[str, ...] = ()
    """Where a run did what its page says only when it was repeated."""
    failures: list[str] = field(default_factory=list)
    """What is wrong, each with its place and remedy."""
    readable: bool = True
    """Whether all pages can be shown at least."""
