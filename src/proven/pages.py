"""Compose what readers see of a page from its Markdown, its front matter and the site.

Nothing here knows MkDocs: Markdown goes in, Markdown comes out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from proven.detectors import ruff_rules
from proven.model import Interpreter, Page
from proven.render import environment
from proven.site import Site

LEVELS = {"error": "must", "warning": "should", "note": "consider"}


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verification was done with."""

    interpreters: tuple[Interpreter, ...]
    versions: tuple[str, ...]


def compose(page: Page, text: str, site: Site, tools: Tools, fixes: Mapping[str, str]) -> str:
    """The Markdown to render for a page.

    Args:
        page: The page.
        text: Its Markdown, without front matter.
        site: All pages, for links to other rules.
        tools: What the blocks were verified with.
        fixes: The fixes that were tried on the page's blocks: code of the rule to `safe` or `unsafe`.
    """
    if "code" in page.meta:
        return _rule(page, text, site, tools, fixes)
    if "course" in page.meta:
        return f"{text.rstrip()}\n\n{_course(page, site)}"
    return text


def _rule(page: Page, text: str, site: Site, tools: Tools, fixes: Mapping[str, str]) -> str:
    related = [site.rules[code] for code in page.meta.get("see-also", []) if code in site.rules]
    names = [one["ruff"] for one in page.meta.get("detectors", [])]
    context: dict[str, Any] = {
        "meta": page.meta,
        "must": LEVELS[page.meta["level"]],
        "detectors": [ruff_rules()[name] for name in names if name in ruff_rules()],
        "related": [(link(page, other), other.meta) for other in related],
        "tools": tools,
        "fixes": fixes,
    }
    head = environment().get_template("rule-head.md.jinja").render(context)
    foot = environment().get_template("rule-foot.md.jinja").render(context)
    title = re.escape(f"# {page.meta['title']}")
    body = re.sub(
        rf"^{title}\s*$", lambda found: f"{found[0].rstrip()}\n\n{head}", text, count=1, flags=re.MULTILINE
    )
    return f"{body.rstrip()}\n\n{foot}"


def _course(page: Page, site: Site) -> str:
    parts = [
        (heading, [(link(page, rule), rule.meta, LEVELS[rule.meta["level"]]) for rule in rules])
        for heading, rules in site.course(page)
    ]
    return environment().get_template("course.md.jinja").render(parts=parts)


def link(here: Page, there: Page) -> str:
    """The relative link from one page's Markdown to another's."""
    return str(PurePosixPath(there.path).relative_to(PurePosixPath(here.path).parent, walk_up=True))


def navigation(site: Site) -> list[Any]:
    """The site's navigation: home, then each topic in reading order.

    Returns:
        What mkdocs.yml's `nav` takes; files relative to docs/.
    """
    inside = {page.path: PurePosixPath(page.path).relative_to("docs") for page in site.pages}
    entries: list[Any] = [
        {"Home": "index.md"} if str(inside[page.path]) == "index.md" else str(inside[page.path])
        for page in site.pages
        if len(inside[page.path].parts) == 1
    ]
    for page in site.pages:
        if "course" in page.meta:
            rules = [rule for _, part in site.course(page) for rule in part]
            entries.append({page.meta["title"]: [str(inside[one.path]) for one in (page, *rules)]})
    return entries
