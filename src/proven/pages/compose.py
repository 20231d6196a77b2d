"""Compose what readers see of a page from its Markdown, its front matter and the site.

Nothing here knows MkDocs: Markdown goes in, Markdown comes out.
"""

import re
from collections.abc import Mapping
from typing import Any

from proven.lint.rules import ruff_rules
from proven.model import TOOLS, Page, RulePage, Site, link
from proven.pages import programs
from proven.pages.citations import citations
from proven.programs import Program
from proven.render.escape import plain
from proven.render.templates import templates
from proven.rules.rule import LEVELS, exemptions, found_by
from proven.verify.provenance import Tools


def compose(
    page: Page, text: str, site: Site, tools: Tools, fixes: Mapping[str, str], program: Program | None = None
) -> str:
    """The Markdown to render for a page.

    Args:
        page: The page.
        text: Its Markdown, without front matter.
        site: All pages, for links to other rules.
        tools: What the blocks were verified with.
        fixes: The fixes that were tried on the page's blocks: code of the rule to `safe` or `unsafe`.
        program: The program that the page shows.
    """
    if isinstance(page, RulePage):
        return _rule(page, text, site, tools, fixes)
    if program:
        return programs.compose(page, text, site, program, _provenance(page, site, tools))
    if page.is_notebook:
        return programs.compose_notebook(page, text, site, _provenance(page, site, tools))
    if page.front.course is not None:
        return f"{text.rstrip()}\n\n{_course(page, site)}"
    return text


def _rule(page: RulePage, text: str, site: Site, tools: Tools, fixes: Mapping[str, str]) -> str:
    front = page.front
    related = [site.rules[code] for code in front.see_also if code in site.rules]
    context: dict[str, Any] = {
        "front": front,
        "must": LEVELS[front.level],
        "python": front.python if _excludes(page, tools) else "",
        "detectors": [ruff_rules()[name] for name in front.detectors if name in ruff_rules()],
        "patterns": page.patterns,
        "pattern_files": f"{'../' * (page.name.count('/') + 1)}rules/ast-grep/",
        "checkers": [
            (detector, TOOLS[detector.tool])
            for detector in found_by(page)
            if detector.tool in ("mypy", "pyright")
        ],
        "index": next((link(page, listing) for listing in site.generated("tools")), None),
        "programs": programs.using(page, site),
        "related": [(link(page, other), other.front) for other in related],
        **_provenance(page, site, tools),
        "citations": citations(page, exemptions(page)),
        "fixes": fixes,
    }
    head = templates().get_template("rule-head.md.jinja").render(context)
    foot = templates().get_template("rule-foot.md.jinja").render(context)
    above = templates().get_template("rule-eyebrow.md.jinja").render(context)
    title = page.title
    top = f"{above}\n\n# {plain(title)}\n\n{head}"
    body = re.sub(rf"^# {re.escape(title)}\s*$", lambda _: top, text, count=1, flags=re.MULTILINE)
    return f"{_with_anchors(body, page).rstrip()}\n\n{foot}"


def _provenance(page: Page, site: Site, tools: Tools) -> dict[str, Any]:
    """What a page says of how its blocks were run."""
    verification = next((link(page, listing) for listing in site.generated("verification")), None)
    return {"tools": tools, "verification": verification}


def _excludes(page: RulePage, tools: Tools) -> bool:
    """Whether there are interpreters of the project that a page does not speak about."""
    return any(not page.admits(interpreter) for interpreter in tools.interpreters)


def _with_anchors(text: str, page: Page) -> str:
    """A rule's Markdown in which each exception can be linked to, and is a link to itself."""
    for exemption in exemptions(page):
        anchor = f"**[{exemption.code}](#{exemption.code}){{ #{exemption.code} .pp-exception }}**"
        text = re.sub(
            rf"^(\s*\d+[.)]\s+)\*\*{exemption.code}\*\*", rf"\1{anchor}", text, count=1, flags=re.MULTILINE
        )
    return text


def _course(page: Page, site: Site) -> str:
    parts = [
        (heading, [(link(page, member), member.front, _must(member)) for member in members])
        for heading, members in site.course(page)
    ]
    return templates().get_template("course.md.jinja").render(parts=parts)


def _must(page: Page) -> str:
    return LEVELS[page.front.level] if isinstance(page, RulePage) else ""
