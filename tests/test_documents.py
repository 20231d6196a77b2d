"""What the documents list is made from the code: `UPDATE_CASES=1 uv run pytest tests/test_documents.py`."""

import ast
import re
import tomllib
from collections.abc import Callable, Iterator

import pytest

from .conftest import CASES, ROOT
from .golden import golden

ENTRY = "__main__"


def packages() -> Iterator[str]:
    """A table of the packages, from the top down, by the first sentence of each."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    yield from ("| package | |", "| --- | --- |")
    for layer in settings["contracts"][0]["layers"]:
        for name in layer.split(" | "):
            if name != ENTRY:
                text = (ROOT / "src" / "proven" / name / "__init__.py").read_text("utf-8")
                sentence = (ast.get_docstring(ast.parse(text)) or "").split("\n\n")[0].replace("\n", " ")
                yield f"| `{name}` | {sentence} |"


def faults() -> Iterator[str]:
    """A table of the catalogue of faults, by the first line of each."""
    yield from ("| what is wrong | file |", "| --- | --- |")
    for case in sorted((CASES / "faults").glob("*.txt")):
        title = case.read_text("utf-8").split("\n", 1)[0].replace("|", r"\|")
        yield f"| {title} | `{case.stem}` |"


MADE: dict[str, tuple[str, Callable[[], Iterator[str]]]] = {
    "README.md": ("packages", packages),
    "maintaining/architecture.md": ("packages", packages),
    "maintaining/checks.md": ("faults", faults),
}
"""The documents with a table that is made, the name of its place, and what makes it."""


@pytest.mark.parametrize("name", MADE)
def test_made(name: str) -> None:
    """A table between two comments says what the code says."""
    place, rows = MADE[name]
    file = ROOT / name
    start, end = f"<!-- {place} -->", f"<!-- /{place} -->"
    before, rest = file.read_text("utf-8").split(start)
    table = "\n".join(rows())
    golden(file, f"{before}{start}\n\n{table}\n\n{end}{rest.split(end)[1]}")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "SECURITY.md", "USING.md", "maintaining"])
def test_links(name: str) -> None:
    """Every file that a document links to, or names as a path of the repository, is there."""
    files = [ROOT / name] if name.endswith(".md") else sorted((ROOT / name).glob("*.md"))
    for file in files:
        text = file.read_text("utf-8")
        linked = [file.parent / path for path in re.findall(r"\]\(([^)#:]+)\)", text)]
        named = [ROOT / path for path in re.findall(r"`((?:src|tests|benchmarks)/[\w./-]+\.\w+)`", text)]
        assert [path for path in (*linked, *named) if not path.exists()] == [], file.name
