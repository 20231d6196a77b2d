"""Divide a site among machines: `Shard(2, 8)` is the second of eight parts."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

from proven.model import Page


@dataclass(frozen=True, slots=True, order=True)
class Shard:
    """One of several parts; each block and each page is in exactly one of them."""

    number: int
    """Counted from 1."""
    total: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `2/8`.

        Raises:
            ValueError: It is no shard; the message shows how to write one.
        """
        match = re.fullmatch(r"(\d+)/(\d+)", text, re.ASCII)
        if not match or not 1 <= int(match[1]) <= int(match[2]):
            raise ValueError(f"{text!r} is no shard: write 1/8 for the first of eight, 8/8 for the last.")
        return cls(int(match[1]), int(match[2]))

    def __str__(self) -> str:
        return f"{self.number}/{self.total}"

    def pages(self, pages: Iterable[Page]) -> list[Page]:
        """The pages of this part, in their order: what is held against mypy and Ruff."""
        paths = self._part(page.path for page in pages)
        return [page for page in pages if page.path in paths]

    def blocks(self, pages: Iterable[Page]) -> list[Page]:
        """The pages with the blocks of this part only, in their order: what is run."""
        addresses = self._part(block.address for page in pages for block in page.blocks)
        return [
            replace(page, blocks=tuple(block for block in page.blocks if block.address in addresses))
            for page in pages
        ]

    def _part(self, names: Iterable[str]) -> set[str]:
        """Each n-th name, shuffled: on pages Avoid and Prefer take turns, and one may cost more."""
        shuffled = sorted(names, key=lambda name: hashlib.sha256(name.encode()).digest())
        return set(shuffled[self.number - 1 :: self.total])


WHOLE = Shard(1, 1)
