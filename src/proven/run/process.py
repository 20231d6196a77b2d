"""A child process that answers a line with a line."""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from proven.sandbox import REPORT_LIMIT

_FAREWELL = 1.0
"""Seconds that a child may take to end by itself."""

_ANSWER_LIMIT = 2 * REPORT_LIMIT
"""Characters of one answer."""


def _environment(home: str) -> dict[str, str]:
    """What a child sees of the environment: the same on every machine, so that results are too."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ
    }  # Windows starts nothing without
    return {"HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "TZ": "UTC", **kept}


class Ended(Exception):
    """A child ended, or said what cannot be understood."""


class Late(Exception):
    """A child has not answered in time."""


class Child:
    """A process that answers a line with a line, in a folder of its own."""

    def __init__(self, command: Callable[[Path], list[str]]) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="proven-", ignore_cleanup_errors=True)
        self.home = Path(self.folder.name).resolve()
        with (self.home / ".stderr").open("wb") as complaints:
            self.process = subprocess.Popen(
                command(self.home),
                cwd=self.home,
                env=_environment(str(self.home / "block")),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=complaints,
                start_new_session=True,  # so that what it starts can be ended with it
            )

    def ask(self, question: dict[str, Any] | None, timeout: float) -> dict[str, Any]:
        """Send a question, if any, and give the answer.

        Raises:
            Ended: There is none, or one that is no object in JSON.
            Late: There is none yet.
        """
        process, answers = self.process, queue.SimpleQueue[bytes]()
        assert process.stdin
        assert process.stdout
        read = process.stdout.readline
        try:
            if question is not None:
                process.stdin.write(json.dumps(question).encode() + b"\n")
                process.stdin.flush()
            threading.Thread(target=lambda: answers.put(read(_ANSWER_LIMIT)), daemon=True).start()
            answer = json.loads(answers.get(timeout=timeout))
        except queue.Empty:
            raise Late from None
        except (OSError, ValueError, RecursionError):
            raise Ended from None
        if not isinstance(answer, dict):
            raise Ended
        return answer

    def complaint(self) -> str:
        """What it has said on its standard error."""
        return (self.home / ".stderr").read_text("utf-8", errors="replace").strip()[-2000:]

    def end(self) -> None:
        """End it and whatever it has started."""
        process = self.process
        assert process.stdin
        assert process.stdout
        with suppress(OSError):
            process.stdin.close()  # it ends by itself, and what it has started before that
        try:
            process.wait(_FAREWELL)
        except subprocess.TimeoutExpired:
            if sys.platform == "win32":
                process.kill()
            else:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        with suppress(OSError):
            process.stdout.close()
        self.folder.cleanup()
