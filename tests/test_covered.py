"""Which rules cover what a tool finds, and where that is written.

- What a tool finds leads to the rule that declares it as a detector, or marks it under Avoid
"""

import json

from proven.collect.blocks import collect
from proven.model import Site
from proven.publish.finish import FILE
from proven.rules.coverage import coverage

from .workspace import Workspace

PAGE = """---
code: {code}
title: The rule {title}
short: A rule
summary: A rule of the tests, long enough to be taken for one.
level: warning
python: ">=3.11"
detectors: {detectors}
references:
  - title: A primary source
    url: https://docs.python.org/3/
---

# The rule {title}

## Avoid {{#avoid}}

```python
x: int = ""  # error: [{marked}]
```

## Prefer {{#prefer}}

```python
y: int = f()  # error: [name-defined]
```
"""


def site(*pages: tuple[str, str, str]) -> Site:
    """A site of rules: what Ruff's rule and mypy's code of each are, by name."""
    return Site(
        tuple(
            collect(
                f"docs/{name}.md",
                PAGE.format(code=f"PX00{number}", title=name, marked=marked, detectors=f"[{{ruff: {ruff}}}]"),
            )
            for number, (name, ruff, marked) in enumerate(pages, 1)
        )
    )


def test_declared_and_marked() -> None:
    """A rule covers the detectors that it declares, and what is marked under its Avoid, not under Prefer."""
    covered = coverage(site(("a/one", "bare-except", "unused-coroutine")), directories=True)
    page = {"code": "PX001", "url": "a/one/", "title": "The rule a/one"}
    assert covered == {"ruff": {"E722": page}, "mypy": {"unused-coroutine": page}, "pyright": {}}


def test_about_something_else() -> None:
    """What merely fires on a rule's Avoid block leads to the rule that is about it, if there is one."""
    also = "bare-except, about: false"
    assert coverage(site(("a/one", also, "unused-coroutine")), directories=True)["ruff"] == {}
    covered = coverage(
        site(("a/bare-except", also, "deprecated"), ("a/two", "bare-except", "deprecated")), directories=True
    )
    assert covered["ruff"]["E722"]["title"] == "The rule a/two"


def test_codes_that_say_little() -> None:
    """A code of mypy that several rules mark, or that stands for any wrong type, leads nowhere.

    Of Ruff's detectors the rule that is called most like it has the word.
    """
    covered = coverage(
        site(
            ("a/bare-except", "bare-except", "unused-coroutine"),
            ("a/two", "bare-except", "unused-coroutine, deprecated, arg-type, return"),
        ),
        directories=True,
    )
    assert {code: page["title"] for code, page in covered["mypy"].items()} == {"deprecated": "The rule a/two"}
    assert covered["ruff"]["E722"]["title"] == "The rule a/bare-except"


def test_pages_that_are_files() -> None:
    """Where pages are files, so are the addresses."""
    covered = coverage(site(("a/one two", "bare-except", "assignment")), directories=False)
    assert covered["ruff"]["E722"]["url"] == "a/one%20two.html"


def test_written_with_the_site(small_site: Workspace) -> None:
    """`mkdocs build` and `proven assets` write the same map, and again when nothing has changed."""
    for _ in range(2):
        done = small_site.command("mkdocs", "build", "--strict")
        assert done.returncode == 0, done.stderr
        text = (small_site.root / "site" / FILE).read_text("utf-8")
        assert set(json.loads(text)["ruff"]) == {"B006"}
    (small_site.root / "other").mkdir()
    assert small_site.command("proven", "assets", "other").returncode == 0
    assert (small_site.root / "other" / FILE).read_text("utf-8") == text


def test_without_rules(workspace: Workspace) -> None:
    """A site without rules has a map of nothing."""
    workspace.write("docs/index.md", "# Home page\n")
    assert workspace.command("mkdocs", "build").returncode == 0
    assert json.loads((workspace.root / "site" / FILE).read_text("utf-8")) == {
        tool: {} for tool in ("ruff", "mypy", "pyright")
    }
