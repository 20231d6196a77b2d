"""Which rules are about what tools report: `by_detector(pages)`; `coverage(site, ...)` for the browser."""

from collections.abc import Iterable
from importlib.resources import files
from urllib.parse import quote

from proven.lint.rules import closeness
from proven.model import TOOLS, Detector, RulePage, Site
from proven.rules.rule import found_by

type CoverageMap = dict[str, dict[str, dict[str, str]]]
"""By tool and code, the rule's `code`, its `title`, and the `url` of its page from the site's root."""

_IN_THE_BROWSER = ("ruff", "mypy", "pyright")
"""The tools that pages run, or whose reports they read."""


_GENERAL = frozenset(files("proven").joinpath("rules/general.txt").read_text("utf-8").split())
"""The codes of type checkers that stand for any wrong type, whatever the page is about that shows one."""


def by_detector(pages: Iterable[RulePage]) -> dict[Detector, list[RulePage]]:
    """The rules that are about the same as each rule of a tool, the closest first; by tool and code."""
    covering: dict[Detector, list[RulePage]] = {}
    for page in pages:
        for detector in found_by(page):
            if detector.tool == "ruff" and detector.name not in page.front.about:
                continue
            covering.setdefault(detector, []).append(page)
    tools = [*TOOLS]
    order = sorted(covering, key=lambda detector: (tools.index(detector.tool), detector.code))
    return {
        detector: sorted(covering[detector], key=lambda page: closeness(page, detector.name))
        for detector in order
    }


def is_telling(detector: Detector, covering: int) -> bool:
    """Whether rules are worth naming beside a finding.

    A type checker's code says little where several rules show it, and where it stands for any wrong type.
    """
    return detector.tool in ("ruff", "ast-grep") or (covering == 1 and detector.code not in _GENERAL)


def coverage(site: Site, directories: bool) -> CoverageMap:
    """The rule to show beside a finding of a tool, the closest of those that cover it.

    Args:
        site: All pages.
        directories: Whether a page is a folder of the built site, or a file.
    """
    shown: CoverageMap = {tool: {} for tool in _IN_THE_BROWSER}
    for detector, (closest, *others) in by_detector(site.rules.values()).items():
        if detector.tool in shown and is_telling(detector, 1 + len(others)):
            url = quote(closest.name) + ("/" if directories else ".html")
            shown[detector.tool][detector.code] = {
                "code": closest.code,
                "title": closest.title,
                "url": url,
            }
    return shown
