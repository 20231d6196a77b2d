"""`mkdocs serve` as a writer has it: when it shows a change, and what that takes."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

MKDOCS = (sys.executable, "-m", "mkdocs")

PATIENCE = 300.0
"""Seconds after which something must have gone wrong."""

_POLLING = 0.02
"""Seconds between two requests; the server answers none while it builds."""


@dataclass(frozen=True)
class Server:
    """A server, and the page that is edited."""

    process: subprocess.Popen[bytes]
    address: str
    page: Path

    def wait(self, text: str) -> None:
        """Wait until the page has a text."""
        start = perf_counter()
        while text not in self._read():
            if perf_counter() - start > PATIENCE or self.process.poll() is not None:
                sys.exit(f"{self.address} never showed {text!r}")
            sleep(_POLLING)

    def _read(self) -> str:
        """The page; nothing while the server does not answer."""
        try:
            with urllib.request.urlopen(self.address) as answer:
                return str(answer.read().decode())
        except OSError:
            return ""

    def processor(self) -> float:
        """Seconds of the processor that it and all that it has started have taken."""
        return _processor(self.process.pid)


def _processor(process: int) -> float:
    """Seconds that a process has taken, with its children: those that have ended, and those that have not."""
    folder = Path(f"/proc/{process}")
    times = (folder / "stat").read_text().rpartition(")")[2].split()[11:15]
    total = sum(map(int, times)) / os.sysconf("SC_CLK_TCK")
    for task in (folder / "task").iterdir():
        with suppress(OSError):  # it has ended meanwhile
            total += sum(map(_processor, map(int, (task / "children").read_text().split())))
    return total


@contextmanager
def serve(folder: Path, *options: str) -> Iterator[Server]:
    """A server that has built the site, with a page `edited` that says `round 0`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{probe.getsockname()[1]}"
    command = (*MKDOCS, "serve", "--quiet", "--dev-addr", place, *options)
    process = subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL)
    server = Server(process, f"http://{place}/edited/", folder / "docs" / "edited.md")
    try:
        server.wait("round 0")
        yield server
    finally:
        process.terminate()
        process.wait()
