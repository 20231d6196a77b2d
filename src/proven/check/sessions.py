"""What is wrong with a `>>>` session, for people: `told(message) -> message, remedy`."""

import ast
import re

_HEADER = "Traceback (most recent call last):"
_GAVE = re.compile(r"gave (?P<got>.+), the session says (?P<wanted>['\"].*)", re.DOTALL)
_LAST = re.compile(r"(?:\A|\n)(?P<error>[\w.]+(?:: .*)?)\Z", re.DOTALL)

_REMEDY = "Correct the session, or mend the code."
_AWAIT = "Write asyncio.run(...), or a block of ```python, which may await outside of functions."


def told(message: str) -> tuple[str, str]:
    """A message of the harness, which has tracebacks whole, with exceptions alone, and how to mend it."""
    if said := _read(message):
        got, wanted = said
        verb = "raised" if _exception(got) else "gave"
        message = (
            f"{verb} {_exception(got) or repr(got)}, the session says {_exception(wanted) or repr(wanted)}"
        )
    elif message.startswith("raised ") and (last := _LAST.search(message.removeprefix("raised "))):
        message = f"raised {last['error']}"
    return message, _AWAIT if "'await' outside" in message else _REMEDY


def _read(message: str) -> tuple[str, str] | None:
    """What was given, and what the session says; None for another message, or where texts mislead."""
    match = _GAVE.fullmatch(message)
    try:
        return (ast.literal_eval(match["got"]), ast.literal_eval(match["wanted"])) if match else None
    except (SyntaxError, ValueError):
        return None


def _exception(text: str) -> str:
    """The exception that a session shows, on the last lines of a traceback; empty where there is none."""
    _, header, trace = text.partition(_HEADER)
    last = (
        [line for line in trace.split("\n") if line and not line.startswith((" ", "..."))] if header else []
    )
    return last[-1] if last else ""
