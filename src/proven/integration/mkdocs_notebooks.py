"""Notebooks as pages of MkDocs: `add(files, config, project) -> names`."""

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from proven import notebooks
from proven.project import Project, is_notebook

_FIGURE = ".svg"


class NotebookFile(File):
    """A notebook, of which a page is made as of a Markdown file."""

    def is_documentation_page(self) -> bool:
        """As MkDocs asks of each file."""
        return True


def add(files: Files, config: MkDocsConfig, project: Project) -> dict[str, str]:
    """Add a site's notebooks, and the figures beside those that are not among its pages.

    What another plugin has made of them is taken away.

    Args:
        files: MkDocs' files, which are changed.
        config: MkDocs' configuration.
        project: The site, whose notebooks can be read.

    Returns:
        What the pages of notebooks are called in messages, by what MkDocs calls them.
    """
    names = {}
    for file in project.pages():
        if is_notebook(file):
            uri, name = _uri(file, project), project.name(file)
            names[uri] = name
            _put(files, NotebookFile.generated(config, uri, content=_markdown(name, file)))
    for folder, top in project.folders.items():
        for figure in folder.rglob(f"*{_FIGURE}") if folder != top else ():
            _put(files, File.generated(config, _uri(figure, project), abs_src_path=str(figure)))
    return names


def _markdown(name: str, file: Path) -> str:
    return notebooks.read(name, file.read_text("utf-8-sig")).text


def _uri(file: Path, project: Project) -> str:
    """What MkDocs calls a file: its path among the pages."""
    return file.relative_to(project.top(file)).as_posix()


def _put(files: Files, file: File) -> None:
    if other := files.get_file_from_path(file.src_uri):
        files.remove(other)
    files.append(file)
