"""mypy on the files of a folder, in a process that stays."""

import atexit
import json
import sys
from itertools import batched
from pathlib import Path
from typing import Any

from proven.lint.settings import MYPY_OPTIONS
from proven.model import Finding, Findings, Unavailable
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

    def check(self, folder: Path, cache: Path) -> Findings:
        """What mypy says of the files of a folder, errors and notes, under `--strict`.

        Args:
            folder: Where the files are.
            cache: What mypy remembers of the standard library.

        Raises:
            Unavailable: mypy fails.
        """
        for files in batched(sorted(file.name for file in folder.glob("*.py")), _BATCH, strict=False):
            arguments = [*MYPY_OPTIONS, f"--cache-dir={cache.absolute()}", *files]
            for line in self._ask({"folder": str(folder), "arguments": arguments}).splitlines():
                one = json.loads(line)
                code = one["code"] if one["severity"] == "error" else "note"
                yield one["file"], Finding(one["line"], code, one["message"])
            self.read += len(files)
            if self.read >= _BATCH:
                self.end()

    def _ask(self, question: dict[str, Any]) -> str:
        try:
            self.child = self.child or Child(
                lambda _: [sys.executable, "-I", "-m", "proven.lint.mypy_server"]
            )
            answer = self.child.ask(question, _PATIENCE)
        except (OSError, Ended, Late) as problem:
            said = self.child.complaint() if self.child else problem
            self.end()
            raise Unavailable(f"mypy failed\n{said}") from None
        if answer["code"] > 1:
            raise Unavailable(f"mypy failed\n{answer['said']}{answer['complaint']}")
        return str(answer["said"])

    def end(self) -> None:
        """End the process."""
        if self.child:
            self.child.end()
        self.child, self.read = None, 0


MYPY = Mypy()
atexit.register(MYPY.end)
