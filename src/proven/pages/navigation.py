"""The site's navigation, from its courses."""

from pathlib import PurePosixPath
from typing import Any

from proven.model import Page, RulePage, Site


def navigation(site: Site) -> list[Any]:
    """The site's navigation: home, each topic in reading order, then the pages beside home.

    Returns:
        What mkdocs.yml's `nav` takes; files relative to the folder of the pages.
    """
    inside = {page.path: PurePosixPath(page.path).relative_to(page.docs) for page in site.pages}
    top = [str(path) for path in inside.values() if len(path.parts) == 1]
    entries: list[Any] = [{"Home": name} for name in top if name == "index.md"]
    courses = {str(inside[page.path]): page for page in site.pages if page.front.course is not None}
    home = courses.pop("index.md", None)
    listed = [topic.path for _, part in site.course(home) for topic in part] if home else []
    for page in sorted(courses.values(), key=lambda course: [*listed, course.path].index(course.path)):
        rules = [rule for _, part in site.course(page) for rule in part]
        entries.append(
            {page.title: [str(inside[page.path]), *({_name(rule): str(inside[rule.path])} for rule in rules)]}
        )
    return [*entries, *(name for name in top if name != "index.md")]


def _name(page: Page) -> str:
    return page.front.short if isinstance(page, RulePage) else page.title
