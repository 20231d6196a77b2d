"""What is wrong between pages, and with the structure of one, stops the build at its line.

- Codes and titles are unique, see-also is mutual, courses are complete, detectors are rules of the
  installed Ruff (`code-twice`, `title-twice`, `course-incomplete`)
- A rule has its sections in order with their fragments, a Why of at most 120 words, exceptions numbered by
  its code, and blocks under Avoid and Prefer
"""

import re

import pytest

from .small_site import rule
from .workspace import Workspace

DISAGREEMENTS = {
    "heading unknown": ("one.md", "## Why", "## Reason", r"one.md:\d+: no rule has a section 'Reason"),
    "heading without fragment": (
        "one.md",
        " {#why}",
        "",
        r"one.md:\d+: there is no section 'Why {#why}'|no rule",
    ),
    "heading missing": ("one.md", "## Why {#why}\n", "", r"one.md:1: there is no section 'Why {#why}'"),
    "heading out of order": (
        "one.md",
        "## Prefer {#prefer}",
        "## Avoid {#avoid}",
        r"stands in the wrong place",
    ),
    "why too long": ("one.md", "Because", "because " * 130, r"one.md:\d+: Why has 1\d\d words"),
    "exception misnumbered": ("one.md", "-EX1", "-EX2", r"one.md:\d+: the exceptions are numbered PX901-EX2"),
    "no exception": ("one.md", "**PX901-EX1** Never.", "Nothing.", r"one.md:\d+: no exception is named"),
    "no block under Prefer": (
        "one.md",
        "```python needs",
        "```text needs",
        r"one.md:1: no block under Prefer",
    ),
    "code used twice": ("one.md", "code: PX901", "code: PX902", r"two.md:2: code 'PX902' is that of"),
    "title used twice": (
        "one.md",
        "PX901 of",
        "PX902 of",
        r"title 'The rule PX902 of \*all\* tests' is that of",
    ),
    "see-also of nothing": ("one.md", "[PX902]", "[PX999]", r"one.md:9: see-also names PX999"),
    "see-also not returned": (
        "one.md",
        "see-also: [PX902]",
        "see-also: []",
        r"two.md:9: PX901 does not name PX902",
    ),
    "heading is another": ("one.md", "# The rule", "# A rule", r"one.md:15: the heading is not the title"),
    "course leaves one out": ("index.md", "[one, two]", "[one]", r"index.md:3: course leaves out 'two'"),
    "course names nothing": ("index.md", "[one, two]", "[one, two, six]", r"index.md:3: course names 'six'"),
    "home leaves a topic out": (
        "../index.md",
        "title: Home page",
        "title: Home page\ncourse:\n  - heading: Topics\n    rules: [other]",
        r"docs/index.md:3: course leaves out 'topic'",
    ),
    "no such Ruff rule": ("one.md", "argument-default", "argument-fault", r"one.md:7: Ruff has no rule"),
}


@pytest.mark.parametrize("fault", DISAGREEMENTS)
def test_pages_that_disagree(small_site: Workspace, fault: str) -> None:
    """What is wrong between pages fails with file and line, before anything is built."""
    name, old, new, message = DISAGREEMENTS[fault]
    file = small_site.root / "docs" / "topic" / name
    small_site.write(f"docs/topic/{name}", file.read_text("utf-8").replace(old, new))
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert re.search(message, done.stderr), done.stderr
    assert not (small_site.root / "site").exists()


def test_avoid_that_shows_no_harm(small_site: Workspace) -> None:
    """A block under Avoid that prints, raises and is found by nothing proves nothing."""
    text = rule("PX901", "PX902").replace("detectors:\n  - ruff: mutable-argument-default\n", "")
    small_site.write("docs/topic/one.md", text.replace("print(1)\n#> 1\n\n\n", ""))
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert re.search(r"one.md:\d+: this block under Avoid shows no harm", done.stderr), done.stderr
