"""Make a built site safe, and readable offline: `finish(folder, project)`."""

from pathlib import Path

from proven import offline, policy
from proven.project import Project

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
    if project.settings.policy:
        for page in folder.rglob("*.html"):
            html = page.read_text("utf-8")
            protected = policy.protect(html)
            page.write_text(_flagged(protected) if project.settings.rules else protected, "utf-8", newline="")
    if project.settings.rules:
        compiled = (folder / "assets" / "runner" / offline.SCRIPT).read_text("utf-8")
        (folder / offline.SCRIPT).write_text(offline.release(folder) + compiled, "utf-8")


def _flagged(html: str) -> str:
    return html if _FLAG in html else html.replace("</head>", f"{_FLAG}</head>", 1)
