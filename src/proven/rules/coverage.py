"""Which of a site's rules cover what a tool finds: `covered(site, directories)`."""

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import quote

from proven.model import Page, RulePage

if TYPE_CHECKING:
    from proven.model import Site


type Covered = dict[str, dict[str, dict[str, str]]]
"""By tool and code, the `url` of the rule's page, from the site's root, and its `title`."""


def covered(site: "Site", directories: bool) -> Covered:
    """The rules that cover codes of Ruff and mypy.

    A rule covers the rules of Ruff that it declares. It covers a code of mypy that is
    marked under its Avoid, if no other rule's is: a code that many share says little.

    Args:
        site: All pages.
        directories: Whether a page is a folder of the built site, or a file.
    """
    from proven.check.marks import errors
    from proven.lint.rules import closeness, detectors

    ruff: dict[tuple[str, str], list[RulePage]] = defaultdict(list)
    mypy: dict[str, list[RulePage]] = defaultdict(list)
    for page in site.rules.values():
        avoid = [block for block in page.blocks if block.role == "avoid"]
        lines = [line for block in avoid for line in block.code.split("\n")]
        for code, name in detectors(page).items():
            ruff[code, name].append(page)
        for code in {code for line in lines for code in errors("mypy", line)}:
            mypy[code].append(page)
    return {
        "ruff": {
            code: _shown(min(pages, key=lambda page: closeness(page, name)), directories)
            for (code, name), pages in ruff.items()
        },
        "mypy": {code: _shown(pages[0], directories) for code, pages in mypy.items() if len(pages) == 1},
    }


def _shown(page: Page, directories: bool) -> dict[str, str]:
    url = quote(page.name) + ("/" if directories else ".html")
    return {"url": url, "title": page.title}
