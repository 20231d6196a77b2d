"""Find the blocks of a page: `collect(path, text) -> Page`.

A Markdown parser finds the fences, so that fences in lists, quotes, admonitions
and longer fences are what they are on the built page.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from markdown_it.token import Token

from proven.collect import console, frontmatter, options, outputs
from proven.collect.containers import as_rendered, parser
from proven.collect.earlier import Earlier, linked
from proven.collect.options import LANGUAGES, Wrong
from proven.collect.others import LOOKALIKES, is_lookalike, meant, read
from proven.collect.superfences import differences, split_info
from proven.model import (
    DATA,
    PYTHON,
    Block,
    Failure,
    Failures,
    Language,
    Options,
    Page,
    Place,
    Role,
    RuleFront,
    RulePage,
    Source,
)

_parser = parser()
_fragment = re.compile(r"\{\s*#([\w-]+)\s*\}\s*$")


def collect(path: str, text: str, places: tuple[Place, ...] = (), rules: bool = True) -> Page:
    """Read a page that is whole: its front matter and its blocks, in order.

    Raises:
        Failures: Front matter or fences are malformed; each with its line.
    """
    page = readable(path, text, places, rules)
    if page.failures:
        raise Failures(list(page.failures))
    return page


@lru_cache(4096)
def readable(path: str, text: str, places: tuple[Place, ...] = (), rules: bool = True) -> Page:
    """Read what can be read of a page; its failures say what is wrong with the other fences.

    Args:
        path: The page's name in messages.
        text: The file's text; line ends of any kind.
        places: Where each line stands, if the page includes others.
        rules: Whether it is a site of rules: front matter fits the schemas, all data is parsed.

    Raises:
        Failures: Front matter is malformed; each with its line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    failures: list[Failure] = []
    front = frontmatter.parse(path, text, rules)
    body = "\n" * frontmatter.length(text) + "\n".join(text.split("\n")[frontmatter.length(text) :])
    for number, line in enumerate(text.split("\n"), 1):
        if "\0" in line:
            remedy = "Remove it; in a string of Python write \\0."
            failures.append(Failure(*_place(path, number, places), "there is a NUL character here", remedy))
    body = body.replace("\0", "\ufffd")  # as the parser does
    numbered = list(_find(path, as_rendered(body), failures, places, rules))
    if not failures:
        python = {number: block.source for number, block in numbered if block.is_python}
        wanted = {*PYTHON, *LOOKALIKES}
        for number, message, remedy in differences(as_rendered(body), python, wanted, rules):
            failures.append(Failure(*_place(path, number, places), message, remedy))
    blocks = tuple(linked([block for _, block in numbered]))
    if isinstance(front, RuleFront):
        return RulePage(path, front, blocks, text, failures=tuple(failures))
    return Page(path, front, blocks, text, failures=tuple(failures))


def find_blocks(path: str, text: str, failures: list[Failure], rules: bool = True) -> Iterator[Block]:
    """The blocks of a page's text that are run or parsed, in order.

    Args:
        path: The page's name in messages.
        text: The page without its front matter; lines end in a newline.
        failures: Takes what is wrong with fences, which are then left out.
        rules: Whether all data is parsed, or only what is a file for a console.
    """
    return linked([block for _, block in _find(path, text, failures, (), rules)])


def _find(
    path: str, text: str, failures: list[Failure], places: tuple[Place, ...], rules: bool
) -> Iterator[tuple[int, Block]]:
    """The blocks of a text, each with the line of its fence there."""
    lines = text.split("\n")
    earlier = Earlier()
    for token, role in _fences(_parser.parse(text)):
        role = role if rules else "other"
        number = (token.map or [0])[0] + 1
        try:
            block = _block(path, lines, token, role, earlier, rules)
        except Wrong as wrong:
            failures.append(Failure(*_place(path, number, places), str(wrong), wrong.remedy))
            earlier.lose(token.info)
            continue
        if block:
            earlier.add(block)
            yield number, _placed(block, number, places)


def _place(path: str, number: int, places: tuple[Place, ...]) -> Place:
    return places[number - 1] if places else (path, number)


def _placed(block: Block, number: int, places: tuple[Place, ...]) -> Block:
    """A block with the places of its lines."""
    own = places[number - 1 : number + block.source.count("\n")]
    included = any(file != block.path for file, _ in own)
    return replace(block, line=own[0][1], places=own if included else ()) if own else block


def _block(
    path: str, lines: list[str], token: Token, role: Role, earlier: Earlier, rules: bool
) -> Block | None:
    """The block of a fence; None when nothing is to be done with it.

    Raises:
        Wrong: The fence is malformed.
    """
    start, end = token.map or (0, 0)
    _closed(token, lines[start:end])
    checked = _language(token.info.strip(), rules)
    if checked is None:
        return None
    language, given = checked
    language = meant(language, token.content, rules)
    if language == "text":
        if given.file:
            earlier.files[given.file] = Source(language, token.content, given.file)
        return None
    if earlier.lacks(language, given):
        return None
    if given.figure in earlier.figures:
        raise Wrong(f"figure={given.figure!r} is that of another block", "Give it a name of its own.")
    code, numbers = _code(language, token.content)
    return Block(
        path=path,
        line=start + 1,
        number=earlier.number + 1,
        language=language,
        source=token.content,
        code=code,
        numbers=numbers,
        indent=lines[start][: lines[start].index(token.markup)],
        role=role,
        options=given,
        before=_before(language, given, earlier),
    )


def _code(language: Language, content: str) -> tuple[str, tuple[int, ...]]:
    """What is run of a block, and for each of its lines the number that it has in the block."""
    if language == "python":
        return outputs.split(content)
    if language == "console":
        return console.split(content)
    return content, tuple(range(1, content.count("\n") + 1))


def _before(language: Language, given: Options, earlier: Earlier) -> tuple[Source, ...]:
    """What a block finds and continues from."""
    if given.continues == "setup" and earlier.setup is None:
        remedy = "Begin the page with the set-up, in a block that is `hidden`."
        raise Wrong('continues="setup" on a page that does not begin with a hidden block', remedy)
    same = earlier.console if language == "console" else earlier.before(given)
    same = earlier.setup if given.continues == "setup" else same
    if given.continues and same is None:
        raise Wrong("`continues` on a page's first block", "Remove `continues`.")
    continued = replace(same, continued=True).sources if same and given.continues else ()
    if language != "console":
        return continued
    return (*earlier.files.values(), *(source for source in continued if source.language == language))


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
    """Refuse a fence without an end, which swallows the rest of the page.

    Raises:
        Wrong: It has none.
    """
    last = lines[-1].strip().lstrip("> ").rstrip()
    if len(lines) < 2 or last.strip(token.markup[0]) or len(last) < len(token.markup):
        raise Wrong("this fence is never closed", f"Add a line with {token.markup} after the block.")


def _language(text: str, rules: bool) -> tuple[Language, Options] | None:
    """What a fence says that it is; None for what is left alone.

    Raises:
        Wrong: It would go unchecked although it looks as if it were checked, or its options are wrong.
    """
    name, rest = split_info(text)
    bare = name.strip(".").lower()
    if (bare in PYTHON and bare != name) or (bare not in PYTHON and is_lookalike(bare)):
        remedy = "Write ```python, ```pycon for a session, or ```text for what is not to be run."
        raise Wrong(f"a block marked {name!r} would not be verified", remedy)
    asked = options.names(rest)
    if name in options.SHELLS and "run" in asked:
        raise Wrong(
            f"a block marked {name!r} is not run", "Write ```console run, and each command after `$ `."
        )
    if name in options.PLAIN:
        return ("text", options.parse(name, rest)) if "file" in asked else None
    if name == "console" and "run" not in asked:
        return None
    if (language := LANGUAGES.get(name)) in DATA and not rules and "file" not in asked:
        return None
    if language:
        return language, Options() if language in DATA and "{" in text else read(language, rest, rules)
    if "file" in asked:
        files = ", ".join(["python", *DATA, *options.PLAIN])
        raise Wrong(
            f"file= on a block marked {name!r}", f"Blocks of {files} can be files: ```text {rest.strip()}"
        )
    return None
