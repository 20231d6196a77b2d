"""The site's navigation, from its courses."""

from typing import Any

from proven.model import Page, RulePage, Site


def navigation(site: Site) -> list[Any]:
    """The site's navigation: home, each topic in reading order, then the pages beside home.

    Returns:
        What mkdocs.yml's `nav` takes; files relative to the folder of the pages.
    """
    top = [str(page.inside) for page in site.pages if len(page.inside.parts) == 1]
    entries: list[Any] = [{"Home": name} for name in top if name == "index.md"]
    courses = {str(page.inside): page for page in site.pages if page.front.course is not None}
    home = courses.pop("index.md", None)
    listed = [topic.path for _, part in site.course(home) for topic in part] if home else []
    for page in sorted(courses.values(), key=lambda course: [*listed, course.path].index(course.path)):
        rules = [rule for _, part in site.course(page) for rule in part]
        entries.append({page.title: [str(page.inside), *({_name(rule): str(rule.inside)} for rule in rules)]})
    return [*entries, *(name for name in top if name != "index.md")]


def _name(page: Page) -> str:
    return page.front.short if isinstance(page, RulePage) else page.title
