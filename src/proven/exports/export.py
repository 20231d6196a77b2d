"""One thing that a site gives to tools and agents."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from proven.rules.catalogue import Catalogue

type Files = Mapping[str, str | bytes]
"""Contents by path from the site's root: `rules.json`, `async/timeouts/index.html.md`."""


@dataclass(frozen=True, slots=True)
class Export:
    """One thing that is made from the catalogue."""

    path: str
    """What the page that lists exports links to; empty for what it does not list."""
    title: str
    purpose: str
    """A sentence in Markdown: who reads it, and for what."""
    make: Callable[[Catalogue], Files]
    """Gives its files; the same for the same catalogue, on every machine."""
    schema: str = ""
    """The path of the JSON Schema that it fits, where there is one."""
    example: str = ""
    """A line that uses it, with `{site}` for the site's address."""
