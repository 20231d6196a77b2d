"""Complete a built site of rules, and follow its links: `Completion(folder, ...).complete()`.

With nothing changed since the last build it works from memory.
"""

from __future__ import annotations  # the types below are imported where they are needed

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from proven import links, searched
from proven.exports import shelf
from proven.model import Unavailable
from proven.project import Memo, Project

if TYPE_CHECKING:
    from proven.model import Site
    from proven.rules.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Completion:
    """A built site that lacks what is made from all its pages."""

    folder: Path
    """The built site."""
    project: Project
    memo: Memo
    inputs: str
    """All that decides about its pages."""
    site: Callable[[], Site]
    """Gives the pages, when something is not known."""
    site_url: str
    """The address that it is built for, where that is known."""
    serving: bool
    """Whether a writer waits, who is content with the exports of an earlier build."""

    def complete(self) -> list[str]:
        """Name rules by code in the search index, add exports, and follow all links; what is wrong."""
        searched.rewrite(self.folder, self.memo.get("codes", self.inputs, self._codes))
        try:
            emitted = self._export()
        except Unavailable as problem:
            return [str(problem)]  # and what links to an export would be wrong too
        exported = shelf.names(self.project)
        found = links.check(self.folder, lambda: self.site().pages, self.site_url, emitted, exported)
        return [str(one) for one in found]

    def _codes(self) -> dict[str, str]:
        return {f"{page.name}/": code for code, page in self.site().rules.items()}

    def _export(self) -> dict[str, list[str]]:
        """Add what tools and agents take; the addresses in it, unless it is that of an earlier build."""
        if self.serving and shelf.reuse(self.folder, self.project):
            return {}
        inputs = f"{self.memo.key} {self.inputs} {self.site_url}"
        made = shelf.provide(self.folder, self.project, inputs, self._catalogue)
        return dict(self.memo.get("emitted", inputs, lambda: shelf.emitted(made, self.site_url)))

    def _catalogue(self) -> Catalogue:
        from proven.rules.catalogue import catalogue

        return catalogue(self.project, self.site(), self.site_url)
