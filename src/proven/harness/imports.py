"""What code imports, and what to say where an import finds nothing."""

import ast
import doctest
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import cache

_PLAIN = re.compile(r"\s*(?:>>> )?(?:from|import)\s+(?P<module>\w+)(?:[\w.]*\s+import\s[^;]*|[\w.]*)")
"""A line that imports from one module and does nothing else."""

_offered: list[str] | None = None
"""The modules that blocks can import besides the standard library; None while nobody has said."""


def offer(names: Iterable[str]) -> None:
    """Say what there is besides the standard library."""
    global _offered
    _offered = list(names)


@cache
def imported(language: str, source: str) -> frozenset[str]:
    """The top-level modules that a block imports, but for the standard library's."""
    if language not in ("python", "pycon") or _is_plain(source):
        return frozenset()
    try:
        tree = _parse(_code(language, source))
    except (ValueError, RecursionError, MemoryError):  # the run will say what is wrong
        return frozenset()
    return frozenset(_top(name) for name in _names(tree)) - sys.stdlib_module_names


def of_all(sources: Iterable[tuple[str, str, str | None]]) -> set[str]:
    """The top-level modules that sources import, but for the standard library's and those among them.

    Args:
        sources: The language of each, its text, and if it is a file, its path.
    """
    names: set[str] = set()
    own: set[str] = set()
    for language, text, file in sources:
        if language == "file":
            folder, name = os.path.split(file or "")
            own |= {name.removesuffix(".py"), *folder.removeprefix("src/").split("/")}
            language = "python" if name.endswith(".py") else language
        names |= imported(language, text)
    return names - own


def statements(language: str, source: str, modules: Iterable[str]) -> list[str]:
    """The statements by which a block imports from packages: `from django.db import models` from `django`."""
    code = _code(language, source)
    imports = (node for node in ast.walk(_parse(code)) if isinstance(node, (ast.Import, ast.ImportFrom)))
    return [ast.unparse(node) for node in imports if {*map(_top, _names(node))} & {*modules}]


def _code(language: str, source: str) -> str:
    """What is typed of a block.

    Raises:
        ValueError: It is no session.
    """
    if language == "pycon":
        return "\n".join(example.source for example in doctest.DocTestParser().get_examples(source))
    return source


def _is_plain(source: str) -> bool:
    """Whether all its imports are of the standard library, as far as that can be seen without parsing it.

    To parse a block and look at each node takes long in WebAssembly, beside a short run.
    """
    matches = (_PLAIN.fullmatch(line) for line in source.split("\n") if "import" in line)
    return all(match and match["module"] in sys.stdlib_module_names for match in matches)


def _parse(source: str) -> ast.Module:
    """The part of a source that this Python understands: from the start to a syntax error."""
    lines = source.split("\n")
    while lines:
        try:
            return ast.parse("\n".join(lines))
        except SyntaxError as error:
            del lines[min(error.lineno or 1, len(lines)) - 1 :]
    return ast.Module([], [])


def _names(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            yield node.module


def _top(name: str) -> str:
    return name.partition(".")[0]


def explain(error: BaseException) -> None:
    """Add to an import that found nothing what there is to import."""
    if not isinstance(error, ModuleNotFoundError) or _offered is None or not error.name:
        return
    name = _top(error.name)
    if name in _offered:
        error.add_note(f"It is there for code that says `import {name}`, and only for that.")
    elif name not in sys.stdlib_module_names:
        rest = f"besides the standard library: {', '.join(_offered)}" if _offered else "the standard library"
        error.add_note(textwrap.fill(f"Blocks can import {rest}.", 60))
