"""What was run, and the blocks that were left out or are not held to everything."""

from collections import Counter
from typing import Any

from proven.model import Page, applicable, link
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.verify.provenance import Tools


def verification(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    site, everywhere = catalogue.site, list(tools.interpreters)
    ran = Counter(
        where
        for source in site.pages
        for block in source.blocks
        for where in applicable(source, block, everywhere)
    )
    by_path = {source.path: source for source in site.pages}
    shown = [
        (block, f"{link(page, by_path[block.path])}#block-{block.number}", by_path[block.path].title)
        for block in site.blocks
    ]
    context: dict[str, Any] = {
        "site": site,
        "tools": tools,
        "results": ran.total(),
        "interpreters": [
            (interpreter, ran[interpreter])
            for interpreter in tools.interpreters
            if ran[interpreter] or not interpreter.home
        ],
        "needs": Counter(
            block.options.needs.reason for block in site.blocks if block.options.needs
        ).most_common(),
        "skipped": [row for row in shown if row[0].skipped],
        "waived": [row for row in shown if row[0].options.waive],
    }
    return templates().get_template("verification.md.jinja").render(context)
