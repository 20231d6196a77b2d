"""The pages of tests/corpus/, for tests that change or read them."""

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from proven.collect import pages
from proven.model import Page
from proven.project import Project

from .conftest import CORPUS
from .workspace import Workspace

PAGES = sorted(
    file.relative_to(CORPUS / "handbook").as_posix()
    for file in (CORPUS / "handbook").rglob("*.md")
    if "drafts" not in file.parts
)


def parse(page: Path) -> LexborHTMLParser:
    """A built page."""
    return LexborHTMLParser(page.read_text("utf-8"))


def change(workspace: Workspace, name: str, old: str, new: str) -> None:
    """Change a file, which has what is to be changed."""
    text = (workspace.root / name).read_text("utf-8")
    assert old in text
    workspace.write(name, text.replace(old, new, 1))


def place(workspace: Workspace, name: str, text: str) -> str:
    """Where a text stands, as messages say it."""
    lines = (workspace.root / name).read_text("utf-8").splitlines()
    return f"{name}:{next(number for number, line in enumerate(lines, 1) if text in line)}"


def collected(root: Path) -> dict[str, Page]:
    """The pages of the corpus as they are verified."""
    project = Project.of(root / "mkdocs.yml")
    return {page.path: page for page in pages.read_pages(project, project.pages())}
