"""A built folder in, a site out: search index, exports, links, policy, offline copy."""

from pathlib import Path

from proven import offline
from proven.exports import shelf
from proven.project import Project
from proven.render import policy

_FLAG = '<meta name="proven-offline">'
"""Tells the page's script that there is a service worker."""


def finish(folder: Path, project: Project) -> None:
    """Give each page its policy, and the site its service worker, where the settings ask for them.

    Args:
        folder: The built site, before anyone sees it.
        project: What it was built from.

    Raises:
        OSError: The disk does not take it.
    """
    settings = project.settings
    exported = shelf.names(project) if settings.rules else frozenset[str]()
    for page in folder.rglob("*.html") if settings.rules or settings.policy else ():
        if page.relative_to(folder).as_posix() in exported:
            continue  # it was written with its policy
        built = html = page.read_text("utf-8")
        if settings.rules and _FLAG not in html:
            html = policy.first(_FLAG, html)
        if settings.policy:
            html = policy.protect(html)
        if html != built:
            page.write_text(html, "utf-8", newline="")
    if settings.rules:
        compiled = (folder / "assets" / "runner" / offline.SCRIPT).read_text("utf-8")
        (folder / offline.SCRIPT).write_text(offline.release(folder, exported) + compiled, "utf-8")
