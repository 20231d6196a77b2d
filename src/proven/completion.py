"""Complete a built site of rules, and follow its links: `complete(folder, ...) -> what is wrong`.

With nothing changed since the last build it works from memory.
"""

from __future__ import annotations  # the types below are imported where they are needed

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from proven import links, searched
from proven.exports import shelf
from proven.memo import Memo
from proven.project import Project, Unavailable

if TYPE_CHECKING:
    from proven.exports.catalogue import Catalogue
    from proven.site import Site


def complete(
    folder: Path,
    project: Project,
    memo: Memo,
    inputs: str,
    site: Callable[[], Site],
    site_url: str,
    serving: bool = False,
) -> list[str]:
    """Name rules by code in the search index, add what tools and agents take, and follow all links.

    Args:
        folder: The built site.
        project: What it was built from.
        memo: What earlier builds have worked out.
        inputs: All that decides about the site's pages.
        site: Gives the pages, when something is not known.
        site_url: The address that the site is built for, where that is known.
        serving: Whether a writer waits, who is content with the exports of an earlier build.

    Returns:
        What is wrong, each with its place and remedy.
    """
    inputs = f"{memo.key} {inputs} {site_url}"

    def made() -> Catalogue:
        from proven.exports.catalogue import catalogue

        return catalogue(project, site(), site_url)

    def codes() -> dict[str, str]:
        return {f"{page.name}/": code for code, page in site().rules.items()}

    searched.rewrite(folder, memo.get("codes", inputs, codes))
    if serving and shelf.reuse(folder, project):
        failures = links.check(folder, lambda: site().pages, site_url, {}, shelf.names(project))
        return [str(one) for one in failures]
    try:
        exports = shelf.provide(folder, project, inputs, made)
    except Unavailable as problem:
        return [str(problem)]  # and what links to an export would be wrong too
    emitted = memo.get("emitted", inputs, lambda: shelf.emitted(exports, site_url))
    found = links.check(folder, lambda: site().pages, site_url, emitted, shelf.names(project))
    return [str(one) for one in found]
