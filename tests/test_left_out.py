"""Which rules of Ruff lead to no page: left-out.toml.

- Each stable rule of the families of Ruff that `left-out.toml` names leads to a page, or stands there once
  with a reason
"""

import re

import pytest

from proven.collect.pages import read_pages
from proven.model import Site
from proven.project import Project
from proven.rules.coverage import by_detector

from .workspace import Workspace

LIST = """\
families = ["SLOT", "FLY"]

[[left-out]]
reason = "a matter of taste"
rules = ["FLY002"]

[[left-out]]
reason = "of no matter here"
rules = ["SLOT000", "SLOT001", "SLOT002"]
"""

FAULTS = {
    "neither shown nor left out": (
        LIST.replace(', "SLOT002"', ""),
        r"left-out.toml:1: SLOT002 neither leads to a page nor is left out\n    Declare no-slots-in-named",
    ),
    "shown and left out": (
        LIST.replace("FLY002", "B006"),
        r"left-out.toml:5: B006 leads to docs/topic/(one|two).md\n    Remove it",
    ),
    "no rule of Ruff": (LIST.replace("FLY002", "FLY999"), r"left-out.toml:5: FLY999 is no stable rule"),
    "twice": (
        LIST.replace("FLY002", "SLOT001"),
        r"left-out.toml:5: SLOT001 is left out twice\n    Keep one reason",
    ),
    "not TOML": (LIST.replace("]]", "]"), r"left-out.toml:3: not TOML: "),
    "no reason": (
        LIST.replace('reason = "of no matter here"\n', ""),
        r"left-out.toml:7: 'reason' is a required property\n    An entry has the `reason`",
    ),
    "an empty reason": (LIST.replace("a matter of taste", " "), r"left-out.toml:4: .*\n    Why no page is"),
    "an unknown key": (f"names = 1\n{LIST}", r"left-out.toml:1: .*'names' was unexpected"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_list_that_does_not_hold(small_site: Workspace, fault: str) -> None:
    """A list that is wrong, or has a gap, fails at its line."""
    text, message = FAULTS[fault]
    small_site.write("left-out.toml", text)
    done = small_site.verify()
    assert done.returncode == 1
    assert re.search(message, done.stderr), done.stderr


def test_shown(small_site: Workspace) -> None:
    """The page on tools has what is left out by the reason, with links to Ruff's documentation."""
    twice = '\n[[left-out]]\nreason = "a matter of taste"\nrules = ["FURB105"]\n'
    small_site.write("left-out.toml", LIST + twice)
    small_site.write("docs/tools.md", "---\ntitle: Tools\ngenerated: tools\n---\n\n# Tools\n")
    done = small_site.command("mkdocs", "build", "-q")
    assert done.returncode == 0, done.stderr
    html = (small_site.root / "site" / "tools" / "index.html").read_text("utf-8")
    rows = re.findall(r"<td>a matter of taste</td>\s*<td>(.*?)</td>", html)
    for row, name in zip(rows, ("static-join-to-f-string", "print-empty-string"), strict=True):
        assert f"https://docs.astral.sh/ruff/rules/{name}/" in row


def test_many_rules_lead_to_a_page(tools: Project) -> None:
    """At least 250 rules of Ruff lead to a page of this site."""
    site = Site(tuple(read_pages(tools, tools.pages())))
    assert sum(detector.tool == "ruff" for detector in by_detector(site.rules.values())) >= 250
