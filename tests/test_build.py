"""`mkdocs build` and `mkdocs serve` as a writer meets them."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .conftest import ROOT, Workspace

RULE = """---
code: {code}
title: {title}
summary: A rule of the tests, long enough to be taken for one.
level: warning
python: ">=3.11"
detectors:
  - ruff: mutable-argument-default
see-also: [{other}]
references:
  - title: A primary source
    url: https://docs.python.org/3/
---

# {title}

## Avoid {{#avoid}}

```python
print({printed})
#> 1


def forget(items: list[int] = []) -> None:
    items.clear()
```

## Prefer {{#prefer}}

```python needs="threads"
print("native")
#> native
```

## Why {{#why}}

Because the tests say so.

## When not to {{#exceptions}}

1. **{code}-EX1** Never.
"""

FORGET = "print(1)\n\n\ndef forget(items: list[int] = []) -> None:\n    items.clear()\n"

COURSE = """---
title: Topic
course:
  - heading: First
    rules: [one, two]
---

# Topic
"""


def rule(code: str, other: str, printed: int = 1) -> str:
    """A rule page that says it prints 1."""
    return RULE.format(code=code, title=f"The rule {code} of *all* tests", other=other, printed=printed)


@pytest.fixture
def small_site(workspace: Workspace) -> Workspace:
    """A project with two rules."""
    workspace.write("docs/index.md", "---\ntitle: Home page\n---\n\n# Home page\n")
    workspace.write("docs/topic/index.md", COURSE)
    workspace.write("docs/topic/one.md", rule("PX901", "PX902"))
    workspace.write("docs/topic/two.md", rule("PX902", "PX901"))
    return workspace


def test_build(small_site: Workspace) -> None:
    """A plain strict build verifies, renders everything generated, and says nothing of Material's end."""
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "end of life" not in done.stdout + done.stderr
    html = (small_site.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    for text in (
        "PX901",
        "A rule of the tests, long enough",
        'data-role="avoid"',
        "it needs threads",
        'href="https://docs.astral.sh/ruff/rules/mutable-argument-default/"',
        "B006",
        'href="../two/"',
        "Verified on CPython 3.11",
        "pytest-examples",
    ):
        assert text in html
    index = (small_site.root / "site" / "topic" / "index.html").read_text("utf-8")
    assert "The rule PX902 of *all* tests" in index


def test_build_from_elsewhere(small_site: Workspace) -> None:
    """The configuration may be named by a path from another folder."""
    elsewhere = Workspace(small_site.root / "docs")
    done = elsewhere.command("mkdocs", "build", "--config-file", "../mkdocs.yml")
    assert done.returncode == 0, done.stderr
    assert (small_site.root / "site" / "topic" / "one" / "index.html").is_file()


def test_failing_block_keeps_the_site(small_site: Workspace) -> None:
    """All failures are listed by file and line, the build exits non-zero, and the site is as it was."""
    assert small_site.command("mkdocs", "build").returncode == 0
    small_site.write("docs/topic/one.md", rule("PX901", "PX902", printed=2))
    small_site.write("docs/topic/two.md", rule("PX902", "PX901", printed=3))
    before = sorted((small_site.root / "site").rglob("*"))
    done = small_site.command("mkdocs", "build")
    assert done.returncode == 1
    assert re.search(r"docs/topic/one.md:21: printed '2', the page says '1'\n    Mend", done.stderr)
    assert "docs/topic/two.md:21: printed '3', the page says '1'" in done.stderr
    assert sorted((small_site.root / "site").rglob("*")) == before


def test_warm_build_runs_nothing(small_site: Workspace) -> None:
    """A second build takes every result from the cache."""
    small_site.command("mkdocs", "build")
    assert "0 runs" in small_site.command("mkdocs", "build").stderr


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


def test_block_that_the_collector_does_not_see(small_site: Workspace) -> None:
    """A fence that only SuperFences takes for one stops the build."""
    small_site.write("docs/index.md", "# Home page\n\nText:\n\n    ```python\n    print(1)\n    ```\n")
    done = small_site.command("mkdocs", "build")
    assert done.returncode != 0
    assert "would not be verified: 'print(1)'" in done.stderr


def until(condition: Callable[[], bool], what: str, seconds: float = 120) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"{what} did not happen"
        time.sleep(0.05)


@pytest.fixture
def served(small_site: Workspace, tmp_path: Path) -> Iterator[tuple[Workspace, str, Path]]:
    """`mkdocs serve` on a small site: the project, its address, and what it prints."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    log = tmp_path / "serve.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=small_site.root,
            env={**os.environ, "NO_COLOR": "1"},
            stdout=stream,
            stderr=stream,
        )
    try:
        until(lambda: "Serving on" in log.read_text("utf-8"), "serving")
        yield small_site, f"http://{address}", log
    finally:
        server.terminate()
        server.wait()


def get(url: str) -> str:
    """A page's text."""
    with urllib.request.urlopen(url, timeout=60) as response:
        text: str = response.read().decode()
        return text


def test_serve(served: tuple[Workspace, str, Path]) -> None:
    """A saved page is verified and shown anew; what is wrong is reported, and shown at the block."""
    project, url, log = served
    page = f"{url}/topic/one/"
    assert "<pre>1\n</pre>" in get(page)
    text = rule("PX901", "PX902")
    project.write("docs/topic/one.md", text.replace("print(1)\n#> 1", "print(5)\n#> 5"))
    until(lambda: "<pre>5\n</pre>" in get(page), "showing the change")
    project.write("docs/topic/one.md", text.replace("print(1)\n#> 1", "print(6)\n#> 7"))
    until(lambda: "one.md:21: printed '6', the page says '7'" in log.read_text("utf-8"), "the report")
    until(lambda: "printed &#39;6&#39;, the page says &#39;7&#39;" in get(page), "showing what is wrong")
    project.write("docs/topic/one.md", text.replace("[PX902]", "[PX999]"))
    until(lambda: "one.md:9: see-also names PX999" in log.read_text("utf-8"), "the report of a disagreement")
    until(lambda: "<pre>1\n</pre>" in get(page), "recovering")


def test_default_address() -> None:
    """`mkdocs serve` serves where the README says."""
    done = subprocess.run(
        [sys.executable, "-c", "from mkdocs.config import load_config; print(*load_config().dev_addr)"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["127.0.0.1", "8000"]


def test_data_of_a_block(small_site: Workspace) -> None:
    """What the page's script is given is what was verified."""
    small_site.command("mkdocs", "build")
    html = (small_site.root / "site" / "topic" / "one" / "index.html").read_text("utf-8")
    (data,) = re.findall(r'class="pp-data">(.*?)</script>', html)
    assert json.loads(data) == {
        "sources": [{"language": "python", "source": FORGET}],
        "recorded": {"stdout": "1\n", "error": None},
    }
