"""All rules to tick off, by topic."""

from collections import defaultdict
from collections.abc import Iterable

from proven.lint.rules import ruff_rules
from proven.model import Page
from proven.pages.rows import FOUND_BY, listed, topics
from proven.render.escape import markdown
from proven.render.templates import templates
from proven.rules.catalogue import Catalogue
from proven.rules.rule import LEVELS, Rule
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
    findable = [rule for rule in catalogue.rules if _ruff(rule)]
    context = {
        "parts": parts,
        "rules": len(rows),
        "topics": topics(catalogue),
        "levels": LEVELS.items(),
        "found_by": FOUND_BY,
        "findable": findable,
        "selected": _selected(findable),
        "preview": any(ruff_rules()[name].preview for rule in findable for name in rule.page.front.about),
        "markdown": markdown,
    }
    return templates().get_template("checklist.html.jinja").render(context)


def _ruff(rule: Rule) -> list[str]:
    """The codes of Ruff that are about a rule."""
    about = rule.page.front.about
    return [each.code for each in rule.detectors if each.tool == "ruff" and each.name in about]


def _selected(rules: Iterable[Rule]) -> list[tuple[str, str]]:
    """The codes of Ruff that find violations of rules, each with the rules that it is about."""
    about = defaultdict[str, list[str]](list)
    for rule in rules:
        for code in _ruff(rule):
            about[code].append(rule.code)
    return [(code, ", ".join(about[code])) for code in sorted(about)]
