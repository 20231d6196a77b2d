"""All rules to tick off, by topic."""

from proven.model import Page
from proven.pages.rows import listed, topics
from proven.render.escape import markdown
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS
from proven.verify.provenance import Tools


def checklist(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    rows = {row.rule.page.path: row for row in listed(page, catalogue, tools)}
    parts = [
        (folder, title, [rows[member.path] for _, members in course for member in members])
        for (folder, title), index in zip(topics(catalogue), catalogue.topics, strict=True)
        if (course := catalogue.site.course(index))
    ]
    made = templates().get_template("checklist.html.jinja")
    return made.render(parts=parts, rules=len(rows), levels=LEVELS.items(), markdown=markdown)
