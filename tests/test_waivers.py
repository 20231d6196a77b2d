"""What is not run, or not held against a block, has a reason, a limit, and a place on the site.

- A waiver names a code, a day within a year and a reason; it has not ended, and something reports what it
  waives; no comment silences a tool (`waiver-*`, `silenced`)
- At most 1% of the blocks are skipped; one may always be
"""

import re
from datetime import timedelta

import pytest

from proven.check.waivers import today
from proven.project import Project

from .small_site import rule
from .workspace import FEW, Workspace

LISTING = "---\ntitle: What is verified\ngenerated: verification\n---\n\n# What is verified\n"
PART = "### On paper\n\n"
SKIP = '```python skip="needs a *printer*"\nimport printer\n```\n\n'


def waiving(codes: str) -> str:
    """A rule page whose block under Prefer has a finding of each tool, and waives some of them."""
    until = today() + timedelta(days=30)
    threads = "from threading import Thread\n"
    faulty = f"import os\n{threads}\n\ndef size(of: str ) -> int:\n    return abs(of)\n\n"
    text = rule("PX901", "PX902").replace(threads, faulty)
    return text.replace('needs="threads"', f'needs="threads" waive="{codes} until {until}: a bug in *them*"')


def test_waiver(small_site: Workspace) -> None:
    """Findings of mypy, of Ruff by code or name, and of the formatter can be waived."""
    for unused_import in ("F401", "unused-import"):
        small_site.write("docs/topic/one.md", waiving(f"arg-type, {unused_import}, format"))
        done = small_site.verify()
        assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("kept", "finding"),
    [
        ("F401, format", r"one.md:41: mypy: .* \[arg-type\]"),
        ("arg-type, format", r"one.md:36: Ruff: .* \(F401\)"),
        ("arg-type, F401", r"one.md:\d+: not formatted"),
    ],
)
def test_waiver_of_something_else(small_site: Workspace, kept: str, finding: str) -> None:
    """A waiver covers what it names, and nothing else."""
    small_site.write("docs/topic/one.md", waiving(kept))
    done = small_site.verify()
    assert done.returncode == 1
    assert re.search(finding, done.stderr), done.stderr
    assert "1 failures" in done.stderr


def test_listed(small_site: Workspace, tools: Project) -> None:
    """Skips and waivers are listed with reasons and links, and every rule leads to the list."""
    small_site.write("docs/verification.md", LISTING)
    small_site.write(
        "docs/topic/one.md", waiving("arg-type, F401, format").replace("## Why", f"{PART}{SKIP}## Why")
    )
    done = small_site.command("mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    html = (small_site.root / "site" / "verification" / "index.html").read_text("utf-8")
    title = "Keep rule PX901 in *all* tests"
    assert f'<a href="../topic/one/#block-3">{title}, block 3</a>: needs a *printer*' in html
    assert f'<a href="../topic/one/#block-2">{title}, block 2</a>: arg-type, F401, format' in html
    assert f"until {today() + timedelta(days=30)}. a bug in *them*" in html
    pyodides = [pyodide for pyodide in tools.pyodides() if pyodide.name in FEW]
    results = 2 * len(pyodides) + 4  # two blocks run on each, and all four that are run on native CPython
    assert f"5 blocks on 5 pages, with {results} results" in html
    for pyodide in pyodides:
        row = rf"<td>CPython {pyodide.version}</td>\s*<td>{pyodide.build}</td>\s*<td[^>]*>2</td>"
        assert re.search(row, html)
    assert "threads (2)" in html
    page = (small_site.root / "site" / "topic" / "two" / "index.html").read_text("utf-8")
    assert '<a href="../../verification/">What is verified, and what is not</a>' in page


def test_nothing_to_list(small_site: Workspace) -> None:
    """Without skips and waivers the page says so."""
    small_site.write("docs/verification.md", LISTING)
    assert small_site.command("mkdocs", "build", "--strict").returncode == 0
    html = (small_site.root / "site" / "verification" / "index.html").read_text("utf-8")
    assert "No block is skipped." in html
    assert "No finding of a tool is waived." in html


def test_skips_are_counted(small_site: Workspace) -> None:
    """Of a site's blocks 1% may be skipped, and one in any case; the others fail at their lines."""
    text = rule("PX901", "PX902").replace("## Why", f"{PART}{SKIP}{SKIP}## Why")
    small_site.write("docs/topic/one.md", text)
    done = small_site.verify()
    assert done.returncode == 1
    line = text[: text.rindex("```python skip")].count("\n") + 1
    assert f"one.md:{line}: 2 of 6 blocks are skipped; at most 1 may be\n    Make it run" in done.stderr
    assert done.stderr.count("are skipped") == 1
