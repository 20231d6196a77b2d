"""What other tools read in fences: names for Python, includes, and options: `read(language, text, rules)`."""

import re
from collections.abc import Collection
from dataclasses import replace
from difflib import get_close_matches

from proven.collect import options
from proven.collect.options import Wrong
from proven.model import PYTHON, Language, Options

LOOKALIKES = {"py", "py3", "python3", "pyi", "ipython", "doctest", "python-console"}
"""Languages that look like Python but would go unchecked."""

_LOOKALIKE = re.compile(r"i?py(thon)?[\d.]*[,:;]?|pycon[\d.]*[,:;]|pyi|doctest|python-console")
"""Others like them, down to a comma that another tool takes after the language."""

_INCLUDE = re.compile(r"(\{[!*].*[!*]\}|\{%\s*include\b.*%\})")
"""A line in whose place another tool puts a file."""

_OPTION = re.compile(r"""\s+(?P<name>[A-Za-z][\w-]*)(?:=(?P<value>"[^"]*"|'[^']*'|[^\s"']+))?(?=\s|$)""")

_ALIKE = 0.8
"""How alike a name has to be to one of ours to be a slip: `raise`, and not `lint`."""


def is_lookalike(name: str) -> bool:
    """Whether the language of a fence, in lower case, is another name for Python or a session of it."""
    return bool(_LOOKALIKE.fullmatch(name))


def meant(language: Language, source: str, rules: bool) -> Language:
    """The language of a block: a session may be marked as Python, on a site without rules.

    Raises:
        Wrong: It is marked so on a site of rules, or there is but an include of another tool.
    """
    if language not in PYTHON:
        return language
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    if lines and all(_INCLUDE.fullmatch(line) for line in lines):
        remedy = 'Write it as pymdownx.snippets does, --8<-- "src/app.py", or mark the fence ```text.'
        raise Wrong("this is an include of another tool, and is not followed", remedy)
    if language == "pycon" or not lines or not lines[0].startswith(">>> "):
        return language
    if rules:
        raise Wrong("this is a session", "Write ```pycon.")
    return "pycon"


def read(language: Language, text: str, rules: bool) -> Options:
    """The options of a fence; on a site without rules those of other tools are passed over.

    Raises:
        Wrong: Options are wrong.
    """
    if rules or language not in PYTHON:
        return options.parse(language, text)
    given, passed = _translated(text, options.names_of(language))
    return replace(options.parse(language, given), passed=passed)


def _translated(text: str, own: Collection[str]) -> tuple[str, tuple[str, ...]]:
    """The options of a fence as ours, and the names of those that were passed over.

    `test="skip"` and `requires="3.12"` are those of pytest-examples, as pydantic has them.

    Args:
        text: The info string after the language.
        own: The names of our own options, which are kept, and so is what is almost one of them.
    """
    passed: list[str] = []

    def ours(match: re.Match[str]) -> str:
        name, value = match["name"], (match["value"] or "").strip("\"'")
        if get_close_matches(name, own, 1, _ALIKE):
            return match[0]
        if name == "test" and value.startswith("skip"):
            return ' skip="test=skip"'
        if name == "requires" and re.fullmatch(r"3\.\d+", value):
            return f' python=">={value}"'
        passed.append(name)
        return ""

    return _OPTION.sub(ours, text), tuple(passed)
