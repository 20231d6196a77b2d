"""Read the pages of a project, each with what it includes."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from proven.collect.blocks import readable
from proven.model import Failure, Failures, Page, Site
from proven.project import Project


def read_site(project: Project, files: Iterable[Path]) -> tuple[Site, list[Failure]]:
    """Read what can be read of a project's pages, and say what cannot.

    A page whose fences are wrong is there without them; one whose front matter is wrong is not there.
    """
    pages: list[Page] = []
    failures: list[Failure] = []
    complete = True
    for file in sorted(files):
        name = project.name(file)
        try:
            page = _read(project, name, decode(name, file.read_bytes()))
        except Failures as wrong:
            failures += wrong.failures
            complete = False
        else:
            failures += page.failures
            pages.append(page)
    return Site(tuple(pages), complete), failures


def read_pages(project: Project, files: Iterable[Path]) -> list[Page]:
    """Read pages of a project, each by itself with what it includes.

    Raises:
        Failures: Everything that is wrong within any of the pages.
    """
    site, failures = read_site(project, files)
    if failures:
        raise Failures(failures)
    return list(site.pages)


def _read(project: Project, name: str, text: str) -> Page:
    settings, docs = project.settings, project.name(project.docs)
    if settings.snippets is None:
        return replace(readable(name, text, rules=settings.rules), docs=docs)
    from proven.collect.snippets import expand  # seldom needed, and slow to import

    whole = expand(name, text.replace("\r\n", "\n"), project.root, settings)
    page = readable(name, whole.text, whole.places, settings.rules)
    return replace(page, included=whole.included, docs=docs)


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
