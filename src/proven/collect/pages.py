"""Read the pages of a project, each with what it includes."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from proven.collect.blocks import collect
from proven.model import Failure, Failures, Page
from proven.project import Project


def read_pages(project: Project, files: Iterable[Path]) -> list[Page]:
    """Read pages of a project, each by itself with what it includes.

    Raises:
        Failures: Everything that is wrong within any of the pages.
    """
    pages: list[Page] = []
    failures: list[Failure] = []
    for file in sorted(files):
        name = project.name(file)
        try:
            pages.append(_read(project, name, decode(name, file.read_bytes())))
        except Failures as wrong:
            failures += wrong.failures
    if failures:
        raise Failures(failures)
    return pages


def _read(project: Project, name: str, text: str) -> Page:
    settings = project.settings
    if settings.snippets is None:
        return collect(name, text, rules=settings.rules)
    from proven.collect.snippets import expand  # seldom needed, and slow to import

    whole = expand(name, text.replace("\r\n", "\n"), project.root, settings)
    page = collect(name, whole.text, whole.places, settings.rules)
    return replace(page, included=whole.included)


def decode(name: str, content: bytes) -> str:
    """A page's text.

    Raises:
        Failures: It is not UTF-8.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Failures([Failure(name, line, "not UTF-8 text", "Save the file as UTF-8.")]) from None
