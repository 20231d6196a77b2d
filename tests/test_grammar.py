"""The editor tells the parts of Python apart as Pygments does."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

from pygments.lexer import Lexer
from pygments.lexers.python import PythonConsoleLexer, PythonLexer
from pygments.token import STANDARD_TYPES

from proven.assets.grammar import grammar
from proven.toolchain.node import node

from .workspace import ROOT

ODD = '''\
#!/usr/bin/env python
match x:
    case [a, _] | {"k": _}: pass
match = case = inőt = ÄÖ = "\U0001d4b3 %s {0!r:>3}" "é"
"""not closed
@deco.rator
class Ä[T: int](Base, metaclass=M):
    """Doc"""
    def __init__(self, *, x: int = 0x_1F + 1_000j + .5e3) -> None: ...
from . import x as y, z
raise E from None
rb"\\x00\\d" b'\\x00' u"\\N{DASH}" rf"{x!r:>{width}} {{}}" f\'\'\'{a["b"]}
{c=}\'\'\'
$ ? ! a@b not in is lambda: (yield)
'''

SESSION = '''\
>>> def f():
...     """a
...     b"""
...
>>> f()
1
>>> 1 / 0
Traceback (most recent call last):
  File "<stdin>", line 1, in <module>
    1 / 0
    ~~^~~
ZeroDivisionError: division by zero
>>> [
... 1]
hello
>>>
'''


def expected(lexer: Lexer, text: str) -> Iterator[tuple[str, str]]:
    """Each character that can be seen, and the class that Pygments gives it."""
    for _, kind, part in lexer.get_tokens_unprocessed(text):
        while kind not in STANDARD_TYPES:
            kind = kind.parent
        yield from ((character, STANDARD_TYPES[kind]) for character in part if not character.isspace())


def given(text: str, tokens: list[dict[str, object]]) -> list[tuple[str, str]]:
    """Each character that can be seen, and the class that the editor gives it."""
    halves = text.encode("utf-16-le")  # as JavaScript counts
    kinds = [""] * (len(halves) // 2)
    for token in tokens:
        for at in range(int(str(token["from"])), int(str(token["to"]))):
            kinds[at] = str(token["kind"])
    characters, at = [], 0
    for character in text:
        if not character.isspace():
            characters.append((character, kinds[at]))
        at += 2 if ord(character) > 0xFFFF else 1
    return characters


def test_equals_pygments() -> None:
    """On all code of this repository, on odd code and in sessions every character has the same class."""
    files: list[Path] = [*ROOT.glob("src/**/*.py"), *ROOT.glob("tests/*.py"), *ROOT.glob("docs/**/*.md")]
    texts = [("python", file.read_text("utf-8")) for file in files]
    texts += [("python", ODD), ("pycon", SESSION)]
    job = json.dumps({"grammar": grammar(), "texts": texts})
    command = node(Path(__file__).parent / "lex.mjs")
    done = subprocess.run(command, input=job.encode(), capture_output=True, check=True)
    lexers = {"python": PythonLexer(), "pycon": PythonConsoleLexer()}
    for (language, text), tokens in zip(texts, json.loads(done.stdout), strict=True):
        wanted = [
            (character, "" if kind == "err" else kind) for character, kind in expected(lexers[language], text)
        ]
        assert given(text, tokens) == wanted
