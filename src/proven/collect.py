"""Find the blocks of a page: `collect(path, text) -> Page`.

A Markdown parser finds the fences, so that fences in lists, quotes, admonitions
and longer fences are what they are on the built page.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.admon import admon_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from proven import frontmatter, outputs
from proven.model import Block, Failure, Failures, Options, Page, Role

LANGUAGES = ("python", "pycon")
LOOKALIKES = {"py", "py3", "python3", "pyi", "ipython", "doctest"}
"""Languages that look like Python but would go unchecked."""

VALUES = ("raises", "python", "needs", "skip")
FLAGS = ("continues", "hidden")

_parser = MarkdownIt("commonmark").use(front_matter_plugin).use(admon_plugin).enable("table")
_option = re.compile(r"""\s+([a-zA-Z]\w*)(?:=("|')(.*?)\2)?(?=\s|$)""")
_fragment = re.compile(r"\{\s*#([\w-]+)\s*\}\s*$")


class _Wrong(Exception):
    """What is wrong with an info string, and how to mend it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


@lru_cache(4096)
def collect(path: str, text: str) -> Page:
    """Read a page: its front matter and its Python blocks, in order.

    Args:
        path: The page's name in messages.
        text: The file's text; line ends of any kind.

    Raises:
        Failures: Front matter or fences are malformed; each with its line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    failures: list[Failure] = []
    meta = frontmatter.parse(path, text)
    blocks = tuple(find_blocks(path, text, failures))
    if failures:
        raise Failures(failures)
    return Page(path, meta, blocks)


def find_blocks(path: str, text: str, failures: list[Failure]) -> Iterator[Block]:
    """The Python blocks of a page's text, in order.

    Args:
        path: The page's name in messages.
        text: The page, with or without its front matter; lines end in a newline.
        failures: Takes what is wrong with fences, which are then left out.
    """
    lines = text.split("\n")
    previous: Block | None = None
    for token, role in _fences(_parser.parse(text)):
        try:
            block = _block(path, lines, token, role, previous)
        except _Wrong as wrong:
            failures.append(Failure(path, (token.map or [0])[0] + 1, str(wrong), wrong.remedy))
            continue
        if block:
            previous = block
            yield block


def _block(path: str, lines: list[str], token: Token, role: Role, previous: Block | None) -> Block | None:
    """The block of a fence; None when it is of another language.

    Raises:
        _Wrong: The fence is malformed.
    """
    start, end = token.map or (0, 0)
    info = token.info.strip()
    language = info.split(maxsplit=1)[0] if info else ""
    _closed(token, lines[start:end])
    if not _is_python(language):
        return None
    options = parse_options(info[len(language) :])
    if options.continues and previous is None:
        raise _Wrong("`continues` on a page's first block", "Remove `continues`.")
    every_line = tuple(range(1, token.content.count("\n") + 1))
    code, numbers = outputs.split(token.content) if language == "python" else (token.content, every_line)
    return Block(
        path=path,
        line=start + 1,
        number=previous.number + 1 if previous else 1,
        language="pycon" if language == "pycon" else "python",
        source=token.content,
        code=code,
        numbers=numbers,
        indent=lines[start][: lines[start].index(token.markup)],
        role=role,
        options=options,
        before=previous.sources if previous and options.continues else (),
    )


def _fences(tokens: list[Token]) -> Iterator[tuple[Token, Role]]:
    """Every fence, with the role that its section gives it."""
    role: Role = "other"
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag in ("h1", "h2"):
            match = _fragment.search(tokens[index + 1].content)
            fragment = match[1] if match else ""
            role = "avoid" if fragment == "avoid" else "prefer" if fragment == "prefer" else "other"
        elif token.type == "fence":
            yield token, role


def _closed(token: Token, lines: list[str]) -> None:
    """A fence without an end swallows the rest of the page."""
    last = lines[-1].strip().lstrip("> ").rstrip()
    if len(lines) < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
        raise _Wrong("this fence is never closed", f"Add a line with {token.markup} after the block.")


def _is_python(language: str) -> bool:
    if language in LANGUAGES:
        return True
    bare = language.strip("{.}").lower()
    if bare in LOOKALIKES or bare in LANGUAGES:
        remedy = "Write ```python, ```pycon for a session, or ```text for what is not to be run."
        raise _Wrong(f"a block marked {language!r} would not be verified", remedy)
    return False


def parse_options(text: str) -> Options:
    """Read the options of an info string, the part after the language.

    Raises:
        _Wrong: An option is unknown, repeated or malformed.
    """
    values: dict[str, str] = {}
    flags: set[str] = set()
    position = 0
    while text[position:].strip():
        match = _option.match(text, position)
        if match is None:
            raise _Wrong(
                f"cannot read {text[position:].strip()!r}",
                'Write options as key="value" or as a bare word: ```python raises="ValueError" continues',
            )
        key, value = match[1], match[3]
        if key in values or key in flags:
            raise _Wrong(f"option {key!r} is given twice", "Keep one of them.")
        if key in FLAGS and value is None:
            flags.add(key)
        elif key in VALUES and value:
            values[key] = value
        else:
            raise _Wrong(_option_problem(key, value), f"Options are {_all_options()}.")
        position = match.end()
    return Options(
        raises=values.get("raises"),
        python=_specifier(values.get("python", "")),
        needs=values.get("needs"),
        skip=values.get("skip"),
        continues="continues" in flags,
        hidden="hidden" in flags,
    )


def _option_problem(key: str, value: str | None) -> str:
    if key in FLAGS:
        return f"option {key!r} takes no value"
    if key in VALUES:
        return f"option {key!r} needs a value"
    return f"unknown option {key!r}"


def _all_options() -> str:
    return ", ".join([*(f'{name}="..."' for name in VALUES), *FLAGS])


def _specifier(text: str) -> SpecifierSet:
    try:
        return SpecifierSet(text)
    except InvalidSpecifier:
        raise _Wrong(f"python={text!r} is no version specifier", 'Write it as in python=">=3.13".') from None
