"""The collector finds the blocks that readers see: tests/cases/collect/.

A case is a page and what is found on it. `UPDATE_CASES=1` writes the latter anew.

- What the page shows is what was verified, block for block; a fence that only MkDocs or only the collector
  sees fails with its place (`test_build.py`, `test_guest.py`, `shown-but-not-verified`,
  `verified-but-not-shown`, `tab-indented`)
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import markdown
import pytest

from proven.collect.blocks import collect
from proven.collect.superfences import accept, accept_any

from .conftest import CASES
from .golden import golden
from .workspace import ROOT

PAGES = sorted((CASES / "collect").glob("*.md"))
SITE = sorted((ROOT / "docs").rglob("*.md"))


def read(file: Path) -> str:
    """A page's text, with the line ends that it has."""
    return file.read_bytes().decode()


def shown(text: str) -> list[str]:
    """The blocks that SuperFences puts on a built page and that are run or parsed."""
    seen: list[str] = []

    def keep(source: str, language: str, *_: object, **__: object) -> str:
        seen.append(source)
        return "<pre></pre>"

    def keep_ours(
        source: str, language: str, css_class: str, options: dict[str, Any], *_: object, **__: object
    ) -> str:
        return keep(source, language) if options.get("proven") else "<pre></pre>"

    fences = [
        {"name": "python", "class": "", "format": keep, "validator": accept},
        {"name": "pycon", "class": "", "format": keep, "validator": accept},
        {"name": "*", "class": "", "format": keep_ours, "validator": accept_any},
    ]
    markdown.markdown(
        text.replace("\r\n", "\n"),
        extensions=["admonition", "attr_list", "pymdownx.details", "pymdownx.superfences"],
        extension_configs={"pymdownx.superfences": {"custom_fences": fences}},
    )
    return seen


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case.stem)
def test_case(case: Path) -> None:
    """Blocks are found with their lines, roles and options, however they are fenced."""
    blocks = [
        {
            "line": block.line,
            "language": block.language,
            "role": block.role,
            "source": block.source.splitlines(),
            "options": {key: str(value) for key, value in asdict(block.options).items() if value},
            "continues from": len([source for source in block.before if not source.file]),
            **(
                {"files": files} if (files := [source.file for source in block.before if source.file]) else {}
            ),
        }
        for block in collect(case.name, read(case)).blocks
    ]
    golden(case.with_suffix(".json"), json.dumps(blocks, indent=2) + "\n")


@pytest.mark.parametrize("page", [*PAGES, *SITE], ids=lambda page: page.stem)
def test_agrees_with_superfences(page: Path) -> None:
    """What is verified is what is shown, block for block."""
    sources = [block.source.rstrip() for block in collect(page.name, read(page)).blocks]
    body: Any = read(page).replace("\r\n", "\n")
    if body.startswith("---\n"):
        body = body.split("\n---\n", 1)[1]
    assert sources == [source.rstrip() for source in shown(body)]


def test_line_of_code() -> None:
    """A failure at a line of the code names the page's line, outputs between them included."""
    block = collect("x.md", "# T\n\n```python\nprint(1)\n#> 1\nraise\n```\n").blocks[0]
    assert block.code == "print(1)\nraise\n"
    assert block.fail(2, "here").line == 6
