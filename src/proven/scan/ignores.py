"""Comments that let one line pass: `# proven: ignore[PX017] the list is a cache`."""

import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"#\s*proven:\s*ignore\b(?P<rest>.*)")
_FORM = re.compile(r"\[(?P<codes>[A-Za-z]+\d+(?:\s*,\s*[A-Za-z]+\d+)*)\]\s*(?P<reason>.*)")
EXAMPLE = "write # proven: ignore[PX017] and the reason"


@dataclass(slots=True)
class Ignore:
    """One such comment."""

    line: int
    codes: tuple[str, ...]
    reason: str
    used: bool = False

    @property
    def problem(self) -> str:
        """What is wrong with it; empty where nothing is."""
        if not self.codes:
            return f"a comment `proven: ignore` names no rule: {EXAMPLE}"
        if not self.reason:
            return f"`proven: ignore[{', '.join(self.codes)}]` gives no reason: {EXAMPLE}"
        if not self.used:
            return f"`proven: ignore[{', '.join(self.codes)}]` is not needed: remove it"
        return ""


def read(text: str) -> list[Ignore]:
    """The comments of a file or of a cell; what stands in a string is none."""
    if "proven:" not in text:
        return []
    return [*_comments(text)]


def _comments(text: str) -> Iterator[Ignore]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and (match := _COMMENT.match(token.string)):
                given = _FORM.match(match["rest"].strip())
                codes = re.findall(r"[A-Z]+\d+", given["codes"].upper()) if given else []
                yield Ignore(token.start[0], tuple(codes), given["reason"].strip() if given else "")
    except (tokenize.TokenError, SyntaxError):  # Ruff says what is wrong there
        return
