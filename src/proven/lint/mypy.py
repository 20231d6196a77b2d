"""mypy on the files of a folder, in a process that stays."""

import atexit
import json
import sys
from itertools import batched
from pathlib import Path
from typing import Any

from proven.lint.settings import MYPY_OPTIONS
from proven.model import UNREADABLE, FileFindings, Finding, Unavailable
from proven.run.process import Child, Ended, Late

_BATCH = 500
"""Files that one process of mypy reads, since its memory grows with them."""

_PATIENCE = 600.0
"""Seconds that mypy may take for them on a busy machine."""


class Mypy:
    """mypy in a process that stays, since loading it takes longer than reading a page.

    The process ends with this one, or when it has read enough.
    """

    def __init__(self) -> None:
        self.child: Child | None = None
        self.read = 0

    def check(self, folder: Path, cache: Path) -> FileFindings:
        """What mypy says of the files of a folder, errors and notes, under `--strict`.

        Args:
            folder: Where the files are.
            cache: What mypy remembers of the standard library.

        Raises:
            Unavailable: mypy fails.
        """
        for files in batched(sorted(file.name for file in folder.glob("*.py")), _BATCH, strict=False):
            yield from self._check(folder, cache, list(files))
            self.read += len(files)
            if self.read >= _BATCH:
                self.end()

    def _check(self, folder: Path, cache: Path, files: list[str]) -> FileFindings:
        """What mypy says of some files; it stops at those that it cannot read, and is asked again without."""
        while files:
            arguments = [*MYPY_OPTIONS, f"--cache-dir={cache.absolute()}", *files]
            answer = self._ask({"folder": str(folder), "arguments": arguments})
            said = [json.loads(line) for line in answer["said"].split("\n") if line.startswith("{")]
            unread = {one["file"] for one in said if one["code"] == "syntax"} & {*files}
            if answer["code"] > 1 and not unread:
                raise Unavailable(f"mypy failed\n{answer['said']}{answer['complaint']}")
            for one in said:
                code = one["code"] if one["severity"] == "error" else "note"
                if one["file"] in unread:
                    yield one["file"], Finding(one["line"], UNREADABLE, one["message"])
                elif answer["code"] <= 1:
                    yield one["file"], Finding(one["line"], code, one["message"])
            files = [file for file in files if file not in unread] if answer["code"] > 1 else []

    def _ask(self, question: dict[str, Any]) -> dict[str, Any]:
        try:
            self.child = self.child or Child(
                lambda _: [sys.executable, "-I", "-m", "proven.lint.mypy_server"]
            )
            return self.child.ask(question, _PATIENCE)
        except (OSError, Ended, Late) as problem:
            said = self.child.complaint() if self.child else problem
            self.end()
            raise Unavailable(f"mypy failed\n{said}") from None

    def end(self) -> None:
        """End the process."""
        if self.child:
            self.child.end()
        self.child, self.read = None, 0


MYPY = Mypy()
atexit.register(MYPY.end)
