"""The rules of the site by what finds a violation of them."""

from itertools import groupby

from proven.lint.rules import ruff_rules
from proven.model import TOOLS, Page, link
from proven.render.templates import templates
from proven.rules import left_out
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
    by_code = {rule.code: rule for rule in ruff_rules().values()}
    unshown = [
        (reason, [by_code[code] for code in sorted(codes)])
        for reason, codes in left_out.reasons(catalogue.project.root)
    ]
    return templates().get_template("tools.md.jinja").render(tables=tables, unshown=unshown)
