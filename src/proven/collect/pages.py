"""Read the pages of a project, each with what it includes and the environment that its blocks run in."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

from proven import detectors, notebooks, programs
from proven.collect import frontmatter
from proven.collect.blocks import readable
from proven.harness.imports import imported
from proven.model import NATIVE, NOTEBOOKS, Block, Failure, Failures, Page, Role, RulePage, Site, Source
from proven.programs import Program
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
    settings, docs = project.settings, project.name(project.top(project.root / name))
    if name.endswith(NOTEBOOKS):
        notebook = notebooks.read(name, text)
        page = readable(name, notebook.text, notebook.places, settings.rules)
        role: Role = "cell" if settings.rules else "other"
        cells = (replace(block, role=role, stored=notebook.stored.get(block.line)) for block in page.blocks)
        return _settled(project, replace(page, docs=docs, blocks=tuple(cells)))
    if settings.snippets is None:
        return _settled(project, replace(readable(name, text, rules=settings.rules), docs=docs))
    from proven.collect.snippets import expand  # seldom needed, and slow to import

    whole = expand(name, text.replace("\r\n", "\n"), project.root, settings)
    page = readable(name, whole.text, whole.places, settings.rules)
    return _settled(project, replace(page, included=whole.included, docs=docs))


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


def _settled(project: Project, page: Page) -> Page:
    """A page that, as its blocks, knows its environment; a block that names none that there is, is gone."""
    name = page.front.environment or of_topic(project, page.path)
    program = programs.read(project.root, page.front.program)
    placed = map(placing(project, name, program), page.blocks)
    failures = [*page.failures, *_unknown(project, page), *_missing(page, program)]
    if isinstance(page, RulePage):
        own, wrong = detectors.read(project.root, page)
        page = replace(page, patterns=own)
        failures += wrong
    return replace(
        page,
        front=replace(page.front, environment=name),
        blocks=tuple(block for block in placed if block.environment in (*project.environments, NATIVE)),
        failures=tuple(failures),
        included=(*page.included, *(_files(project, program) if program else ())),
    )


def placing(project: Project, name: str, program: Program | None = None) -> Callable[[Block], Block]:
    """A function that says of a block which environment it runs in, unless it says so itself.

    Args:
        project: Where environments are declared.
        name: That of the block's page; empty for the one that runs the build.
        program: The program that the page shows, whose files the block finds.
    """

    def placed(block: Block) -> Block:
        if program:
            block = replace(block, before=(*_found(program, block), *block.before))
        chosen = block.options.environment or name or NATIVE
        if chosen == NATIVE:
            return block
        return replace(block, environment=chosen, left_out=chosen in project.settings.without)

    return placed


def _found(program: Program, block: Block) -> tuple[Source, ...]:
    """The files of a program that a block finds: the tests only where it runs them."""
    return program.sources(block.language == "console" or "pytest" in imported(block.language, block.code))


def _missing(page: Page, program: Program | None) -> Iterator[Failure]:
    """What a page says that there is of a program, and is not there."""
    name = page.front.program
    if program is None:
        if name:
            remedy = f"Write {programs.PROGRAMS}/{name}/ with a pyproject.toml."
            yield frontmatter.fail(page, ["program"], f"there is no program {name!r}", remedy)
        return
    for excerpt in programs.excerpts(page.text, program):
        if excerpt.problem:
            remedy = "Write src/package/module.py#Class.method, or a file's path for all of it."
            yield Failure(page.path, excerpt.line, excerpt.problem, remedy)
    for line, test in programs.missing_tests(page.text, program):
        remedy = "Name the test that shows it, as it is called now."
        yield Failure(page.path, line, f"there is no test {test!r} in {name}", remedy)


def _files(project: Project, program: Program) -> list[str]:
    """The files of a program, from the project's root."""
    return [project.name(program.folder / name) for name in program.files]


def of_topic(project: Project, path: str) -> str:
    """What the index of a page's topic names; empty where it names none.

    Args:
        project: Where the pages are.
        path: The page's path from the project's root.
    """
    index = (project.root / path).parent / "index.md"
    return _named(index, index.stat().st_mtime_ns) if index.is_file() else ""


@cache
def _named(file: Path, changed: int) -> str:
    """The environment in a page's front matter, read once for as long as the page does not change."""
    try:
        text = file.read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n")
        return frontmatter.parse(file.name, text, rules=False).environment
    except Failures:  # said of the index itself
        return ""


def _unknown(project: Project, page: Page) -> Iterator[Failure]:
    """What names an environment that is not declared."""
    names = [*project.environments, NATIVE]
    remedy = (
        f"There are {', '.join(names)}; to declare one, write environments/NAME/ with pyproject.toml, "
        ".python-version and uv.lock."
    )
    name = page.front.environment
    if name and name not in names:
        yield frontmatter.fail(page, ["environment"], f"there is no environment {name!r}", remedy)
    for block in page.blocks:
        name = block.options.environment or NATIVE
        if name not in names:
            yield block.fail(None, f"there is no environment {name!r}", remedy)
