"""All rules to tick off, by topic."""

from proven.citations import markdown
from proven.exports.catalogue import LEVELS, Catalogue
from proven.generated.listed import listed, topics
from proven.generated.tools import Tools
from proven.model import Page
from proven.render import environment


def checklist(page: Page, catalogue: Catalogue, tools: Tools) -> str:
    """The Markdown that follows the text of a page.

    Args:
        page: The page.
        catalogue: The site.
        tools: What it was verified with.
    """
    by_code = {one.rule.code: one for one in listed(page, catalogue, tools)}
    parts = [
        (folder, title, [by_code[str(rule.meta["code"])] for _, rules in course for rule in rules])
        for (folder, title), index in zip(topics(catalogue), catalogue.topics, strict=True)
        if (course := catalogue.site.course(index))
    ]
    made = environment().get_template("checklist.html.jinja")
    return made.render(parts=parts, rules=len(by_code), levels=LEVELS.items(), markdown=markdown)
