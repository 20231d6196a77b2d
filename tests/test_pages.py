"""What is wrong between pages, and with the structure of one, stops the build at its line.

- Codes, titles and short names are unique, see-also is mutual, courses are complete, detectors are rules of
  the installed Ruff (`code-twice`, `title-twice`, `course-incomplete`)
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
    "why too long": ("one.md", "Because", "because " * 90, r"one.md:\d+: Why has 9\d words"),
    "exception misnumbered": (
        "one.md",
        "1. **PX901-EX1**",
        "1. **PX901-EX2** When [it](https://docs.python.org/3/) is.\n2. **PX901-EX1**",
        r"one.md:\d+: the exceptions are numbered PX901-EX2, PX901-EX1",
    ),
    "no exception": ("one.md", "**PX901-EX1** When", "When", r"one.md:\d+: no exception is named"),
    "exception without a condition": (
        "one.md",
        "When [a test]",
        "Use [a test]",
        r"one.md:\d+: PX901-EX1 begins with no condition",
    ),
    "exception that nothing shows": (
        "one.md",
        "[a test](https://docs.python.org/3/)",
        "a test",
        r"one.md:\d+: PX901-EX1 is not shown",
    ),
    "part of no exception": (
        "one.md",
        "says so.\n",
        "says so.\n\n### PX901-EX3: what it shows\n",
        r"one.md:\d+: there is no exception PX901-EX3",
    ),
    "exception's block outside its part": (
        "one.md",
        "says so.\n",
        "says so.\n\n```python\nprint(2)\n#> 2\n```\n",
        r"one.md:\d+: a block of an exception stands outside a part",
    ),
    "second block to compare": (
        "one.md",
        "## Prefer {#prefer}",
        "```python\nprint(2)\n#> 2\n```\n\n## Prefer {#prefer}",
        r"one.md:\d+: a second block stands in Avoid itself",
    ),
    "no sentence of harm": ("one.md", "It forgets.\n", "", r"one.md:\d+: Avoid has 0 paragraphs"),
    "block in Why": (
        "one.md",
        "Because the tests say so.\n",
        "Because.\n\n```python\nprint(2)\n#> 2\n```\n",
        r"one.md:\d+: a block stands in Why itself",
    ),
    "first block too long": (
        "one.md",
        'print("native")',
        "print()\n" * 15 + 'print("native")',
        r"one.md:\d+: the first block under Prefer has 18 lines of code",
    ),
    "title that is a statement": (
        "one.md",
        "Keep rule",
        "Kept rules",
        r"one.md:3: the title begins with 'Kept'",
    ),
    "title with a full stop": (
        "one.md",
        "*all* tests",
        "*all* tests.",
        r"one.md:3: the title ends like a sentence",
    ),
    "word of the list": (
        "one.md",
        "Because the",
        "Because there simply the",
        r"one.md:\d+: the text has 'simply'",
    ),
    "turn of phrase of the list": (
        "one.md",
        "Because the tests say so.",
        "Because it\nis no list.",
        r"one.md:46: the text has 'is no list'",
    ),
    "word of the list in the summary": (
        "one.md",
        "long enough",
        "obviously long",
        r"one.md:5: summary has 'obviously'",
    ),
    "no block under Prefer": (
        "one.md",
        "```python needs",
        "```text needs",
        r"one.md:1: no block under Prefer",
    ),
    "code used twice": ("one.md", "code: PX901", "code: PX902", r"two.md:2: code 'PX902' is that of"),
    "title used twice": (
        "one.md",
        "PX901 in",
        "PX902 in",
        r"title 'Keep rule PX902 in \*all\* tests' is that of",
    ),
    "name used twice": ("one.md", "short: Rule PX901", "short: Rule PX902", r"short 'Rule PX902' is that of"),
    "see-also of nothing": ("one.md", "[PX902]", "[PX999]", r"one.md:10: see-also names PX999"),
    "see-also not returned": (
        "one.md",
        "see-also: [PX902]",
        "see-also: []",
        r"two.md:10: PX901 does not name PX902",
    ),
    "heading is another": (
        "one.md",
        "# Keep rule",
        "# Keep a rule",
        r"one.md:16: the heading is not the title",
    ),
    "course leaves one out": ("index.md", "[one, two]", "[one]", r"index.md:3: course leaves out 'two'"),
    "course names nothing": ("index.md", "[one, two]", "[one, two, six]", r"index.md:3: course names 'six'"),
    "home leaves a topic out": (
        "../index.md",
        "title: Home page",
        "title: Home page\ncourse:\n  - heading: Topics\n    rules: [other]",
        r"docs/index.md:3: course leaves out 'topic'",
    ),
    "no such Ruff rule": ("one.md", "argument-default", "argument-fault", r"one.md:8: Ruff has no rule"),
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
