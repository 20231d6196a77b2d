"""The rules of the site by what finds a violation of them."""

from itertools import groupby

from proven.model import TOOLS, Page, link
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.verify.provenance import Tools


def tools_index(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    rows = [
        (detector, [(rule, link(page, rule.page)) for rule in rules])
        for detector, rules in catalogue.by_detector.items()
    ]
    tables = [(name, TOOLS[name], list(part)) for name, part in groupby(rows, lambda row: row[0].tool)]
    return templates().get_template("tools.md.jinja").render(tables=tables)
