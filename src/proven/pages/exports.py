"""What there is for tools and agents: each export with its address, its schema and an example."""

from posixpath import relpath

from proven.model import Page
from proven.render.templates import templates
from proven.rules.catalogue import LOCAL, Catalogue
from proven.verify.provenance import Tools


def exports(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    from proven.exports.registry import EXPORTS  # here, since one of them has this page in it

    listed = [
        (export, export.example.replace("{site}", catalogue.site_url)) for export in EXPORTS if export.path
    ]
    return (
        templates()
        .get_template("exports.md.jinja")
        .render(
            exports=listed,
            site=catalogue.site_url,
            local=catalogue.site_url == LOCAL,
            link=lambda target: relpath(f"/{target}", f"/{page.address}"),
        )
    )
