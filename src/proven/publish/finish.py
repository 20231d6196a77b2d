"""Complete a built site: search, exports, links, policy, service worker."""

from __future__ import annotations  # the types below are imported where they are needed

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from proven.model import Unavailable
from proven.project import Memo, Project
from proven.publish import exports, links, precache, search_index
from proven.render import policy

if TYPE_CHECKING:
    from proven.model import Site
    from proven.rules.catalogue import Catalogue
    from proven.rules.coverage import CoverageMap
    from proven.rules.names import Names


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
    catalogue: Callable[[], Catalogue]
    """Gives what exports are made from, likewise."""
    site_url: str
    """The address that it is built for, where that is known."""
    serving: bool
    """Whether a writer waits, who is content with the exports of an earlier build."""

    def complete(self) -> list[str]:
        """Let the search know what rules are called, add exports, and follow all links; what is wrong."""
        search_index.rewrite(self.folder, self.memo.get("names", self.inputs, self._names))
        try:
            emitted = self._export()
        except Unavailable as problem:
            return [str(problem)]  # and what links to an export would be wrong too
        exported = exports.exported_paths(self.project)
        failures = links.check(
            self.folder, lambda: self.site().pages, self.site_url, emitted, exported, self.memo
        )
        return [str(failure) for failure in failures]

    def _names(self) -> dict[str, Names]:
        from proven.rules.names import names

        return {page.address: names(page) for page in self.site().rules.values()}

    def _export(self) -> dict[str, list[str]]:
        """Add what tools and agents take; the addresses in it, unless it is that of an earlier build."""
        if self.serving and exports.reuse_exports(self.folder, self.project):
            return {}
        inputs = f"{self.memo.key} {self.inputs} {self.site_url}"
        made = exports.write_exports(self.folder, self.project, inputs, self.catalogue)
        return dict(self.memo.get("emitted", inputs, lambda: exports.emitted(made, self.site_url)))


_FLAG = '<meta name="proven-offline">'
"""Tells the page's script that there is a service worker."""


def finish(folder: Path, project: Project, memo: Memo | None = None) -> None:
    """Give each page its policy, and the site its service worker, where the settings ask for them.

    Args:
        folder: The built site, before anyone sees it.
        project: What it was built from.
        memo: What was read of pages before.

    Raises:
        OSError: The disk does not take it.
    """
    settings, memo = project.settings, memo or Memo(Path(), "")
    exported = exports.exported_paths(project) if settings.rules else frozenset[str]()
    searched = settings.rules and search_index.is_own(folder)
    for page in folder.rglob("*.html") if settings.rules or settings.policy else ():
        if page.relative_to(folder).as_posix() in exported:
            continue  # it was written with its policy
        built = html = page.read_text("utf-8")
        if searched:
            html = search_index.ask(html)
        if settings.rules and _FLAG not in html:
            html = policy.prepend_to_head(_FLAG, html)
        if settings.policy:
            scripts = memo.get("scripts", built, partial(policy.hashes, built))
            html = policy.add_csp(html, scripts)
        if html != built:
            page.write_text(html, "utf-8", newline="")
    if settings.rules:
        precache.write(folder, exported)


FILE = "assets/rules/map.json"
"""Where the browser finds it, in the built site."""


def write(folder: Path, coverage: CoverageMap) -> None:
    """Write it into a built site.

    Raises:
        Unavailable: The disk does not take it.
    """
    file = folder / FILE
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(coverage, sort_keys=True), "utf-8")
    except OSError as error:
        raise Unavailable(f"{error}\n    Make room, and build again.") from None
