"""Where pages are on the site, as HTML and as Markdown, and in what order they are read."""

from proven.exports.catalogue import Catalogue
from proven.model import Page


def site_title(catalogue: Catalogue) -> str:
    """What the site is called: the title of its home page."""
    return next((page.title for page in catalogue.site.pages if not page.address), "Proven Python")


def reading_order(catalogue: Catalogue) -> list[Page]:
    """All pages: home, each topic with its rules as its course has them, then the others by path."""
    site = catalogue.site
    order = [page for page in site.pages if not page.address]
    for topic in catalogue.topics:
        order += [topic, *(rule for _, part in site.course(topic) for rule in part)]
    first = {page.path: page for page in (*order, *site.pages)}
    return [*first.values()]
