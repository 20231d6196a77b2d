"""Excerpts of a program's files: fences whose one line says what is to stand there.

```excerpt
src/crawler/fetch.py#Crawler.run
```
"""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from textwrap import dedent

from proven.programs.program import Program

_FENCE = re.compile(r"^(?P<fence>```+)excerpt\n(?P<body>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)

_TEST = re.compile(r"^\s*(?:async )?def (test_\w+)\(", re.MULTILINE)
_NAMED = re.compile(r"`(test_\w+)`")


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A part of a file."""

    line: int
    """The line of the page that says which, counted from 1."""
    file: str
    name: str
    """The function, class or assignment that it is: `Crawler.run`; empty for the whole file."""
    first: int
    """Its first line in the file, counted from 1; 0 where it is not there."""
    text: str
    problem: str = ""
    """Why it is not there."""


def excerpts(text: str, program: Program) -> Iterator[Excerpt]:
    """The excerpts that a page asks for."""
    for match in _FENCE.finditer(text):
        yield _excerpt(text.count("\n", 0, match.start("body")) + 1, match["body"].strip(), program)


def missing_tests(text: str, program: Program) -> Iterator[tuple[int, str]]:
    """The tests that a page names and the program has not got, each with the page's line, counted from 1."""
    tests = {name for text in program.files.values() for name in _TEST.findall(text)}
    for number, line in enumerate(text.split("\n"), 1):
        yield from ((number, name) for name in _NAMED.findall(line) if name not in tests)


def fill(text: str, program: Program, shown: Callable[[Excerpt], str]) -> str:
    """A page's text in which each excerpt stands where it is asked for, as `shown` has it."""
    return _FENCE.sub(lambda match: shown(_excerpt(0, match["body"].strip(), program)), text)


def _excerpt(line: int, asked: str, program: Program) -> Excerpt:
    file, _, name = asked.partition("#")
    text = program.files.get(file)
    if text is None:
        return Excerpt(line, file, name, 0, "", f"there is no {file!r} in {program.name}")
    if not name:
        return Excerpt(line, file, name, 1, text)
    try:
        span = _span(text, name.split("."))
    except SyntaxError as error:
        return Excerpt(line, file, name, 0, "", f"{file} of {program.name} is no Python: {error.msg}")
    if span is None:
        return Excerpt(line, file, name, 0, "", f"there is no {name!r} in {file} of {program.name}")
    lines = text.split("\n")[span[0] - 1 : span[1]]
    return Excerpt(line, file, name, span[0], dedent("\n".join(lines) + "\n"))


def _span(text: str, names: list[str]) -> tuple[int, int] | None:
    """The first and last line of what has a name, decorators included."""
    body: list[ast.stmt] = ast.parse(text).body
    node: ast.stmt | None = None
    for name in names:
        node = next((statement for statement in body if name in _names(statement)), None)
        if node is None:
            return None
        body = getattr(node, "body", [])
    if node is None:
        return None
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    return min([node.lineno, *(decorator.lineno for decorator in decorators)]), node.end_lineno or node.lineno


def _names(statement: ast.stmt) -> list[str]:
    """What a statement gives a name to."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    if isinstance(statement, ast.AnnAssign):
        targets = [statement.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]
