"""What the last build worked out, for the next one: pure functions remembered in one file.

An entry is good as long as what it was worked out with is the same (the code, the
lock files, the configuration: the file's own key) and what it was worked out from
(its text). Entries that a build does not ask for are forgotten.
"""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from proven.project.files import write


class Memo:
    """Values by kind and text, kept in a file.

    Args:
        file: Where they are kept.
        key: What they all depend on.
    """

    def __init__(self, file: Path, key: str) -> None:
        self.file = file
        self.key = key
        self.stored: dict[str, Any] = {}
        self.used: dict[str, Any] = {}
        try:
            content = json.loads(file.read_text("utf-8"))
            if content["key"] == key:
                self.stored = dict(content["values"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # as good as none

    def get(self, kind: str, text: str, compute: Callable[[], Any] = lambda: None) -> Any:
        """The value for a text; computed when there is none, which may also give None.

        Args:
            kind: Which function it is a value of.
            text: What the function is given.
            compute: Gives the value, in what JSON can hold.
        """
        name = _name(kind, text)
        if name not in self.used:
            value = self.stored[name] if name in self.stored else compute()
            if value is None:
                return None
            self.used[name] = value
        return self.used[name]

    def put(self, kind: str, text: str, value: Any) -> None:
        """Remember a value, in place of any that there is."""
        self.used[_name(kind, text)] = value

    def save(self) -> None:
        """Keep what this build has used, and forget the rest.

        Raises:
            Unavailable: The disk does not take it.
        """
        if self.used != self.stored:
            write(self.file, json.dumps({"key": self.key, "values": self.used}))
        self.stored, self.used = self.used, {}

    def forget(self) -> None:
        """Keep nothing of this build."""
        self.used = {}


def _name(kind: str, text: str) -> str:
    return f"{kind} {hashlib.sha256(text.encode()).hexdigest()}"
