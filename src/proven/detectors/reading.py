"""The detectors beside rule pages, in files named like them: `docs/async/timeouts.ast-grep.yml`."""

import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from proven.model import Failure, Pattern, RulePage
from proven.project import DETECTORS, Project, pages

_MARKER = re.compile(r"^---[^\S\n]*$\n?", re.MULTILINE)
_Loader = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_SEVERITIES = {"error": "error", "warning": "warning", "note": "info"}


@cache
def _schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(
        files("proven").joinpath("schemas/ast-grep.schema.json").read_text("utf-8")
    )
    return loaded


def beside(path: str) -> str:
    """Where the detectors of a page are, from the project's root."""
    return path.removesuffix(".md") + DETECTORS


def orphans(names: Iterable[str], pages: Iterable[RulePage]) -> Iterator[Failure]:
    """The failures of files of detectors that are beside no rule."""
    for name in {*names} - {beside(page.path) for page in pages}:
        yield Failure(name, 1, "no rule page is beside it", f"Call it as the page: x{DETECTORS} and x.md.")


def read(root: Path, page: RulePage) -> tuple[tuple[Pattern, ...], tuple[Failure, ...]]:
    """The detectors of a page that can be used, and what is wrong with the others."""
    file = root / beside(page.path)
    if not file.is_file():
        return (), ()
    patterns, failures = [], []
    for line, text in _documents(file.read_text("utf-8", errors="replace")):
        made = _pattern(beside(page.path), line, text)
        if isinstance(made, Pattern):
            patterns.append(made)
            failures += [Failure(made.path, line, *problem) for problem in _odd(made, page)]
        else:
            failures += made
    names = [pattern.id for pattern in patterns]
    failures += [
        Failure(pattern.path, pattern.line, f"there are two detectors {pattern.id}", "Rename one of them.")
        for number, pattern in enumerate(patterns)
        if pattern.id in names[:number]
    ]
    return tuple(patterns), tuple(failures)


def of_site(project: Project) -> list[Pattern]:
    """All detectors of a site that can be used: each is held against every page that is verified."""
    usable = []
    for file in pages.detectors(project.docs, project.settings):
        path = project.name(file)
        for line, text in _documents(file.read_text("utf-8", errors="replace")):
            made = _pattern(path, line, text)
            usable += [made] if isinstance(made, Pattern) else []
    return usable


def _documents(text: str) -> Iterator[tuple[int, str]]:
    """The documents of a file of YAML, each with the line that it begins on."""
    start = 0
    for end in (*_MARKER.finditer(text), None):
        document = text[start : end.start() if end else len(text)]
        blank = len(document) - len(document.lstrip("\n"))
        if document.strip():
            yield text.count("\n", 0, start + blank) + 1, document.strip("\n") + "\n"
        start = end.end() if end else start


def _pattern(path: str, line: int, text: str) -> Pattern | list[Failure]:
    try:
        data = yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        place = line + (error.problem_mark.line if error.problem_mark else 0)
        return [Failure(path, place, f"not YAML: {error.problem}", "Check indentation and quotes.")]
    failures = [Failure(path, line, *problem) for problem in _problems(data)]
    if failures:
        return failures
    return Pattern(
        id=data["id"],
        path=path,
        line=line,
        text=text,
        severity=data["severity"],
        message=data["message"],
        note=data["note"],
        marks=tuple(data["metadata"]["marks"]),
        fix=data["metadata"].get("fix", ""),
    )


def _problems(data: Any) -> Iterator[tuple[str, str]]:
    """What is wrong with a detector by itself, each with the remedy."""
    for error in Draft202012Validator(_schema()).iter_errors(data):
        where = ".".join(map(str, error.absolute_path))
        rules: Any = error.schema
        described = rules.get("description", "") if isinstance(rules, dict) else ""
        yield f"{where}: {error.message}" if where else error.message, described


def _odd(pattern: Pattern, page: RulePage) -> Iterator[tuple[str, str]]:
    """How a detector does not belong to its page, each with the remedy."""
    if not pattern.id.startswith(f"{page.code}-"):
        yield f"the detector {pattern.id} is not called as its page", f"Begin its id with {page.code}-."
    wanted = _SEVERITIES[page.front.level]
    if pattern.severity != wanted:
        message = f"severity is {pattern.severity}, where the page's level is {page.front.level}"
        yield message, f"Write severity: {wanted}."
