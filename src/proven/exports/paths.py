"""Where pages are on the site, as HTML and as Markdown, and in what order they are read."""

from pathlib import PurePosixPath

from proven.exports.catalogue import Catalogue
from proven.model import Page


def path(page: Page) -> str:
    """A page's address from the site's root: `async/timeouts/`, and empty for the home page."""
    name = PurePosixPath(page.name)
    folder = name.parent if name.name in ("index", "README") else name
    return "" if folder == PurePosixPath() else f"{folder}/"


def markdown_path(page: Page) -> str:
    """Where a page is as Markdown: `async/timeouts/index.html.md`."""
    return f"{path(page)}index.html.md"


def title(page: Page) -> str:
    """What a page is called; its name where it does not say."""
    return str(page.meta.get("title", page.name))


def site_title(catalogue: Catalogue) -> str:
    """What the site is called: the title of its home page."""
    return next((title(page) for page in catalogue.site.pages if not path(page)), "Proven Python")


def reading_order(catalogue: Catalogue) -> list[Page]:
    """All pages: home, each topic with its rules as its course has them, then the others by path."""
    site = catalogue.site
    order = [page for page in site.pages if not path(page)]
    for topic in catalogue.topics:
        order += [topic, *(rule for _, part in site.course(topic) for rule in part)]
    first = {page.path: page for page in (*order, *site.pages)}
    return [*first.values()]
