"""Blocks of TOML, JSON and YAML: `check(block, results) -> failures`."""

import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

import yaml

from proven.model import Block, Failure, Result
from proven.project import trees
from proven.sandbox.tables import TOOLS, UNCHECKED


@dataclass(frozen=True, slots=True)
class Problem:
    """What a parser or a tool says of one place."""

    text: str
    """Who says it, and what: `TOMLDecodeError: Invalid value`."""
    line: int
    """The line of the block, counted from 1."""
    column: int | None = None


def check(block: Block, results: Iterable[Result]) -> Iterator[Failure]:
    """What is wrong with a block of data.

    Args:
        block: The block.
        results: What the tools say of it that it configures, if they were asked.
    """
    problems = [*_parsed(block)] or [*_reported(results)]
    problems.sort(key=lambda problem: (problem.line, problem.column or 0))
    wanted = _quotable(block.options.raises or "")
    if wanted and not any(_quotable(problem.text).startswith(wanted) for problem in problems):
        message = f"is not refused with {block.options.raises!r}"
        yield block.fail(None, message, "Remove raises= or mend the block.")
    for problem in problems:
        said = _quotable(problem.text)
        if said.startswith(UNCHECKED):
            yield block.fail(problem.line, problem.text, "Leave the table out, or remove file=.")
        elif not wanted or not said.startswith(wanted):
            place = f", at column {problem.column + len(block.indent)}" if problem.column else ""
            start = shorten(said, 80, placeholder="")
            remedy = f'Mend the block. If that is the point, say so: ```{block.language} raises="{start}"'
            yield block.fail(problem.line, problem.text + place, remedy)


def _parsed(block: Block) -> Iterator[Problem]:
    """What the language's parser says; what is too deep or too long for it stands on no line of its own."""
    try:
        yield from _PARSERS[block.language](block.source)
    except (ValueError, OverflowError, RecursionError, MemoryError) as error:
        yield Problem(f"{_ERRORS[block.language]}: {error}", 1)


def _quotable(text: str) -> str:
    """Text that can stand between the quotes of an option, where no backtick can either."""
    return re.sub('["`]', "'", text)


def checkers_of(block: Block) -> list[str]:
    """The tools that have judged a pyproject.toml: its parser alone where it is malformed on purpose."""
    if [*_parsed(block)]:
        return ["tomllib"]
    tables = tomllib.loads(block.source).get("tool", {})
    return ["validate-pyproject", *(name for name in TOOLS if name in tables)]


def _reported(results: Iterable[Result]) -> Iterator[Problem]:
    """What the tools said: see `harness/tables.py`."""
    for result in results:
        yield from (Problem(output.text, output.line) for output in result.prints)


def _toml(text: str) -> Iterator[Problem]:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message, _, place = str(error).removesuffix(")").rpartition(" (at ")
        match = re.fullmatch(r"line (\d+), column (\d+)", place)
        line, column = (int(match[1]), int(match[2])) if match else (text.count("\n"), None)
        yield Problem(f"TOMLDecodeError: {message}", line, column)


def _json(text: str) -> Iterator[Problem]:
    problems: list[str] = []

    def keys(pairs: list[tuple[str, Any]]) -> None:
        count = Counter(key for key, _ in pairs)
        problems.extend(_twice(key) for key in count if count[key] > 1)

    def constant(name: str) -> None:
        problems.append(f"{name} is no JSON")

    try:
        json.loads(text, object_pairs_hook=keys, parse_constant=constant)
    except json.JSONDecodeError as error:
        yield Problem(f"JSONDecodeError: {error.msg}", error.lineno, error.colno)
        return
    if problems:
        yield from _places(text, problems)


def _places(text: str, problems: list[str]) -> Iterator[Problem]:
    """What is wrong in JSON, at the lines that YAML's parser gives: it takes all but the oddest JSON."""
    try:
        root = yaml.compose(text.replace("\t", " "), Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        yield from (Problem(f"JSONDecodeError: {message}", 1) for message in problems)
        return
    for node in trees.nodes(root):
        if isinstance(node, yaml.ScalarNode) and not node.style and f"{node.value} is no JSON" in problems:
            yield _at(node, f"JSONDecodeError: {node.value} is no JSON")
    yield from _repeated(root, "JSONDecodeError")


def _twice(key: str) -> str:
    return f"{key!r} is given twice"


class _Loader(yaml.SafeLoader):
    """Knows only plain data; a tag that belongs to an application is left to it."""


_Loader.add_multi_constructor("", lambda loader, tag, node: None)


def _yaml(text: str) -> Iterator[Problem]:
    try:
        loader = _Loader(text)
        while loader.check_node():
            root: yaml.Node = loader.get_node()  # type: ignore[assignment]
            yield from _repeated(root, "YAMLError")
            try:
                loader.construct_document(root)
            except ValueError as error:  # a date that there is not
                yield _at(root, f"YAMLError: {error}")
    except yaml.YAMLError as error:
        yield _unreadable(error, "YAMLError")


_PARSERS = {"toml": _toml, "json": _json, "yaml": _yaml}
_ERRORS = {"toml": "TOMLDecodeError", "json": "JSONDecodeError", "yaml": "YAMLError"}


def _unreadable(error: yaml.YAMLError, kind: str) -> Problem:
    if isinstance(error, yaml.MarkedYAMLError) and (mark := error.problem_mark or error.context_mark):
        return Problem(f"{kind}: {error.problem or error.context}", mark.line + 1, mark.column + 1)
    return Problem(f"{kind}: {str(error).splitlines()[0]}", 1)


def _repeated(root: yaml.Node | None, kind: str) -> Iterator[Problem]:
    for key in trees.repeated_keys(root):
        yield _at(key, f"{kind}: {_twice(key.value)}")


def _at(node: yaml.Node, text: str) -> Problem:
    return Problem(text, node.start_mark.line + 1, node.start_mark.column + 1)
