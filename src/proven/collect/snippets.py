"""Put in what a page includes: `expand(path, text, root, settings) -> Expanded`.

pymdownx.snippets itself does it, as it will when the page is rendered. Each line
is marked with its place while that goes on, so that what is wrong in an included
line is reported in the file where it stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from markdown import Markdown
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from proven.collect import frontmatter
from proven.model import Failure, Failures, Place
from proven.project import Relative, Settings

_MARK = "\ue000"
_marked = re.compile(rf"{_MARK}(\d+):(\d+)$")


@dataclass(frozen=True, slots=True)
class Expanded:
    """A page with what it includes."""

    text: str
    places: tuple[Place, ...] = ()
    """Where each line stands; empty if nothing is included."""
    included: tuple[str, ...] = ()
    """The files."""


def expand(path: str, text: str, root: Path, settings: Settings) -> Expanded:
    """Put in what a page includes.

    Args:
        path: The page's name in messages, from `root`.
        text: Its text; lines end in a newline. Front matter stays as it is.
        root: The folder of mkdocs.yml.
        settings: The site's.

    Raises:
        Failures: A file cannot be found, or is not on this machine.
    """
    if settings.snippets is None or not ("8<-" in text or settings.snippets.get("auto_append")):
        return Expanded(text)
    lines = text.split("\n")
    body = frontmatter.length(text)
    tracer = _Tracer(_options(settings, root, root / path), root, path)
    try:
        traced = tracer.run(tracer.mark(0, lines[body:], body + 1))
    except (SnippetMissingError, ValueError, OSError) as error:
        raise Failures([Failure(path, _line(lines, str(error)), str(error), _REMEDY)]) from None
    places = [(path, number + 1) for number in range(body)]
    for line in traced:
        match = _marked.search(line)
        here = (tracer.files[int(match[1])], int(match[2])) if match else _next(path, places)
        places.append(here)
    expanded = [*lines[:body], *(_marked.sub("", line) for line in traced)]
    return Expanded("\n".join(expanded), tuple(places), tuple(sorted({*tracer.files} - {path})))


_REMEDY = (
    'Correct the name, or base_path of pymdownx.snippets, as in --8<-- "folder/file.py"\n'
    "Addresses are not read: what is there can change after it was verified."
)


def _next(path: str, places: list[Place]) -> Place:
    """The place of a line that has no mark: one below the last."""
    file, line = places[-1] if places else (path, 0)
    return file, line + 1


def _line(lines: list[str], message: str) -> int:
    """The line of the page that a message of pymdownx.snippets is about."""
    name = (re.findall(r"'(.*?)'", message) or [""])[0]
    return next((number for number, line in enumerate(lines, 1) if "8<-" in line and name in line), 1)


def _options(settings: Settings, root: Path, page: Path) -> Mapping[str, Any]:
    """The options of pymdownx.snippets, folders resolved; what is missing is always an error."""
    given = dict(settings.snippets or {})
    bases = given.get("base_path", ["."])
    named = {"$config_dir": root, "$docs_dir": root / settings.docs}

    def resolve(base: str) -> str:
        if not isinstance(base, Relative):
            return str(root / base)
        first, _, rest = base.partition("/")
        return str(named.get(first, page.parent) / rest)

    given["base_path"] = [resolve(base) for base in ([bases] if isinstance(bases, str) else bases)]
    return {**given, "check_paths": True, "url_download": False}


class _Tracer(SnippetPreprocessor):
    """Marks each line that will be seen with its place."""

    def __init__(self, options: Mapping[str, Any], root: Path, page: str) -> None:
        super().__init__(SnippetExtension(**options).getConfigs(), Markdown())
        self.root = root
        self.files = [page]

    def read_lines(self, path: str) -> list[str]:
        self.files.append(Path(path).resolve().relative_to(self.root, walk_up=True).as_posix())
        return self.mark(len(self.files) - 1, super().read_lines(path))

    def mark(self, file: int, lines: list[str], first: int = 1) -> list[str]:
        """Lines with their places; lines of snippet notation and empty ones stay as they are."""
        notation = self.get_syntax_mask(lines)
        return [
            f"{line}{_MARK}{file}:{first + index}"
            if line.strip() and "8<-" not in line and not notation[index]
            else line
            for index, line in enumerate(lines)
        ]
