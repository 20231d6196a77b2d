"""All rules in one table, which the page's script filters."""

from typing import Any

from proven.model import TOOLS, Page
from proven.pages.rows import FOUND_BY, listed, topics, versions
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS
from proven.verify.provenance import Tools


def rules_index(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    context: dict[str, Any] = {
        "rows": list(listed(page, catalogue, tools)),
        "titles": dict(topics(catalogue)),
        "names": TOOLS,
        "topics": topics(catalogue),
        "levels": LEVELS.items(),
        "versions": [(version, version) for version in versions(tools)],
        "tools": FOUND_BY,
    }
    return templates().get_template("rules.html.jinja").render(context)
