"""Which pages pytest collects: those that are asked for, in projects that use the plugin."""

import re

import pytest

from .small_site import MIXED
from .workspace import Workspace


@pytest.mark.parametrize("arguments", [[], ["."], ["README.md"], ["other"]], ids=" ".join)
def test_what_was_not_asked_for(mixed: Workspace, arguments: list[str]) -> None:
    """A run that does not name the docs folder leaves pages alone, and other Markdown always."""
    mixed.write("README.md", MIXED)
    mixed.write("other/page.md", MIXED)
    done = mixed.command("pytest", *arguments)
    assert done.returncode in (pytest.ExitCode.NO_TESTS_COLLECTED, pytest.ExitCode.USAGE_ERROR)


def test_drafts(mixed: Workspace) -> None:
    """A file that mkdocs.yml excludes from the site is no page."""
    settings = (mixed.root / "mkdocs.yml").read_text("utf-8")
    mixed.write("mkdocs.yml", f"exclude_docs: drafts/\n{settings}")
    mixed.write("docs/drafts/page.md", "```python\nunclosed\n")
    done = mixed.command("pytest", "docs", "--collect-only", "-q")
    assert ("docs/page.md::3" in done.stdout, "drafts" in done.stdout) == (True, False)


def test_testpaths(mixed: Workspace) -> None:
    """`testpaths` can name the docs folder."""
    mixed.write("pytest.ini", "[pytest]\ntestpaths = docs\n")
    assert "docs/page.md::3" in mixed.command("pytest", "--collect-only", "-q").stdout


@pytest.mark.parametrize(
    "settings",
    [
        "site_name: x\n",
        "plugins: [search]\n",
        "a: [\n",
        "",
    ],
)
def test_other_projects(mixed: Workspace, settings: str) -> None:
    """Where mkdocs.yml does not mention the plugin, nothing is collected, and nothing more is imported."""
    mixed.write("mkdocs.yml", settings)
    mixed.write(
        "conftest.py",
        "import sys\n\n\ndef pytest_sessionfinish():\n"
        "    print('imported', *sorted(name for name in sys.modules if name.startswith('proven')))\n",
    )
    done = mixed.process("pytest", "docs", "-s")
    assert done.returncode == pytest.ExitCode.NO_TESTS_COLLECTED
    assert re.findall("^imported.*", done.stdout, flags=re.MULTILINE) == [
        "imported proven proven.integration proven.integration.pytest"
    ]


@pytest.mark.parametrize(
    "settings",
    [
        "plugins: [proven]\n",
        "plugins:\n  - search\n  - proven:\n      timeout: 3\n",
        "plugins: {proven: {}}\n",
    ],
)
def test_ways_to_name_the_plugin(mixed: Workspace, settings: str) -> None:
    """mkdocs.yml may name the plugin in each way that MkDocs understands, beside tags of its own."""
    mixed.write(
        "mkdocs.yml", f"{settings}extra: !ENV [NOTHING, 1]\nname: !!python/name:proven.markdown.fence\n"
    )
    assert "docs/page.md::3" in mixed.command("pytest", "docs", "--collect-only", "-q").stdout


@pytest.mark.parametrize("settings", ["plugins:\n  - search:\n      lang: proven\n", "- proven\n"])
def test_the_name_alone(mixed: Workspace, settings: str) -> None:
    """What only looks like the plugin's name does not use it."""
    mixed.write("mkdocs.yml", settings)
    assert mixed.command("pytest", "docs").returncode == pytest.ExitCode.NO_TESTS_COLLECTED


def test_inherited(mixed: Workspace) -> None:
    """The plugin, and the docs folder, may be named in a file that mkdocs.yml inherits from."""
    mixed.write("base.yml", "plugins: [proven]\ndocs_dir: !ENV [NOTHING, pages]\n")
    mixed.write("mkdocs.yml", "INHERIT: base.yml\nsite_name: x\n")
    mixed.write("pages/page.md", MIXED)
    done = mixed.command("pytest", "pages", "docs", "--collect-only", "-q")
    assert ("pages/page.md::3" in done.stdout, "docs/page.md" in done.stdout) == (True, False)
