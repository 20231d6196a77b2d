"""How Pygments tells the parts of Python apart, as data: `grammar() -> dict`.

The browser's editor colours code by the very rules that coloured it when the
site was built, so that nothing changes its colour when a block is edited.
"""

import re
from collections.abc import Callable
from inspect import getclosurevars
from typing import Any

from pygments import unistring
from pygments.lexers.python import PythonConsoleLexer, PythonLexer, PythonTracebackLexer
from pygments.token import STANDARD_TYPES, Other, _TokenType

_LETTERS = r"\p{L}\p{N}_"

_IN_JAVASCRIPT = {
    f"[{unistring.xid_start}]": r"[\p{XIDS}_]",
    f"[{unistring.xid_continue}]": r"\p{XIDC}",
    r"\A": r"(?<![\s\S])",
    r"\b": rf"(?:(?<=[{_LETTERS}])(?![{_LETTERS}])|(?<![{_LETTERS}])(?=[{_LETTERS}]))",
    r"\w": f"[{_LETTERS}]",
    "(?i)": "",  # is among the flags
    "{,": "{0,",
}
"""What Python's regular expressions write in another way."""

_PIECES = re.compile(r"\[\^?\]?(?:\\.|[^]\\])*\]|\\.|\(\?i\)|\{,")
"""Sets, escapes, and what else may be different."""

_ESCAPED = frozenset(r"^$\.*+?()[]{}|/-")
"""What may be escaped; JavaScript refuses the escape of anything else that is not a letter."""


def grammar() -> dict[str, Any]:
    """The rules of Python, of its sessions and of its tracebacks.

    Returns:
        Per language and state a list of `[pattern, flags, action, next]`. An action is null, a class
        of Pygments, `{"use": language}`, `{"within": language}` for text that is joined with all other
        such text, or `{"groups": [action, ...]}`. `next` is null, how many states to leave as a
        negative number, or the states to enter.
    """
    session = PythonConsoleLexer().language_lexer.language_lexer
    return {
        "python": _states(PythonLexer()),
        "pycon": _states(session),
        "traceback": _states(PythonTracebackLexer()),
    }


def _states(lexer: Any) -> dict[str, Any]:
    return {name: [_rule(*rule) for rule in rules] for name, rules in lexer._tokens.items()}


def _rule(match: Callable[..., Any], action: Any, following: Any) -> list[Any]:
    pattern: re.Pattern[str] = match.__self__  # type: ignore[attr-defined]
    flags = "i" if pattern.flags & re.IGNORECASE else ""
    return [_javascript(pattern.pattern), flags, _action(action), following]


def _javascript(pattern: str) -> str:
    return _PIECES.sub(lambda piece: _piece(piece[0]), pattern)


def _piece(text: str) -> str:
    if text in _IN_JAVASCRIPT:
        return _IN_JAVASCRIPT[text]
    if text.startswith("["):
        text = re.sub(r"^(\[\^?)\]", r"\1\]", text).replace(r"\w", _LETTERS)
    return re.sub(r"\\([^\w])", lambda escape: escape[escape[1] not in _ESCAPED], text)


def _action(action: Any) -> Any:
    if isinstance(action, _TokenType):
        if action in Other and action is not Other:
            return {"within": "python" if action is Other.Code else "traceback"}
        return STANDARD_TYPES.get(action, "")
    if action is None:
        return None
    held = getclosurevars(action).nonlocals
    if "args" in held:  # bygroups()
        return {"groups": [_action(argument) for argument in held["args"]]}
    return {"use": "python"}  # using(): only Python is used within others
