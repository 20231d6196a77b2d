"""Sites that set up Python-Markdown in their own ways."""

import pytest

from .workspace import Workspace

SITE = """site_name: Site
theme: {{name: material}}
markdown_extensions:
{extensions}
plugins:
  - proven:
      interpreters: [native]
"""
VERIFIED = "<summary>Verified</summary><span>on CPython"
PAGE = "```python\nprint(1)\n#> 1\n```\n"
TABS = """  - pymdownx.superfences
  - pymdownx.tabbed:
      alternate_style: true
      slugify: !!python/object/apply:pymdownx.slugs.slugify
        kwds:
          case: lower
"""
REPLACED = "  - pymdownx.superfences:\n      custom_fences:\n        - {name: mermaid, class: mermaid}\n  - "


def test_objects_in_the_configuration(workspace: Workspace) -> None:
    """An object of Python in mkdocs.yml, as Material's own guide has it, is the same in each build."""
    workspace.write("mkdocs.yml", SITE.format(extensions=TABS))
    workspace.write("docs/index.md", PAGE)
    for runs in (1, 0):
        done = workspace.process("mkdocs", "build")
        assert done.returncode == 0, done.stderr
        assert f"Verified 1 blocks, {runs} runs" in done.stderr
    file = workspace.root / ".proven" / "site.json"
    before = file.stat().st_mtime_ns
    assert workspace.process("mkdocs", "build").returncode == 0
    assert file.stat().st_mtime_ns == before


@pytest.mark.parametrize("other", ["pymdownx.extra", "extra", "fenced_code", "markdown.extensions.extra"])
def test_extensions_that_bring_fences(workspace: Workspace, other: str) -> None:
    """Blocks show what was verified, whichever extension of the site comes last, and own fences stay."""
    workspace.write("mkdocs.yml", SITE.format(extensions=REPLACED + other))
    workspace.write("docs/index.md", PAGE + "\n```mermaid\ngraph LR\n```\n")
    done = workspace.command("mkdocs", "build")
    assert done.returncode == 0, done.stderr
    html = (workspace.root / "site" / "index.html").read_text("utf-8")
    assert VERIFIED in html
    assert 'class="mermaid"' in html


def test_fences_within_pymdownx_extra(workspace: Workspace) -> None:
    """Fences of the site's own that are set up within pymdownx.extra stay."""
    extensions = """  - pymdownx.extra:
      pymdownx.superfences:
        custom_fences:
          - {name: mermaid, class: mermaid}
"""
    workspace.write("mkdocs.yml", SITE.format(extensions=extensions))
    workspace.write("docs/index.md", PAGE + "\n```mermaid\ngraph LR\n```\n")
    assert workspace.command("mkdocs", "build").returncode == 0
    html = (workspace.root / "site" / "index.html").read_text("utf-8")
    assert (VERIFIED in html, 'class="mermaid"' in html) == (True, True)
