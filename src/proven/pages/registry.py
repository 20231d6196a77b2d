"""Which function makes which page, and the catalogue that knows them all."""

from collections.abc import Callable, Mapping
from functools import cache

from proven.model import Page, Site
from proven.pages.check import check
from proven.pages.checklist import checklist
from proven.pages.exports import exports
from proven.pages.rules import rules_index
from proven.pages.tools import tools_index
from proven.pages.verification import verification
from proven.project import Project
from proven.rules.catalogue import Catalogue, catalogue
from proven.verify.provenance import Tools

GENERATED: Mapping[str, Callable[[Page, Catalogue, Tools], str]] = {
    "check": check,
    "checklist": checklist,
    "exports": exports,
    "rules": rules_index,
    "tools": tools_index,
    "verification": verification,
}
"""By what front matter says: `generated: verification`."""


def whole_catalogue(project: Project, site: Site, site_url: str) -> Catalogue:
    """The catalogue of a site, which also gives what its generated pages say; each is made once.

    Args:
        project: The site's folder.
        site: All pages, which have been checked.
        site_url: The site's public address; empty when it has none.
    """
    made: dict[str, str] = {}
    tools = cache(lambda: Tools.of(project))

    def generated(page: Page) -> str:
        kind = page.front.generated
        if kind and page.path not in made:
            made[page.path] = GENERATED[kind](page, whole, tools())
        return made.get(page.path, "")

    whole = catalogue(project, site, site_url, generated)
    return whole
