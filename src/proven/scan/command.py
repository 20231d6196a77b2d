"""Start a tool that prints JSON line by line, and read what it says."""

import json
import shutil
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from proven.scan.hits import Stopped

MOST = 100_000
"""Findings after which a tool is stopped: nobody reads them, and they fill the memory."""

_BATCH = 120_000
"""Characters of paths on one command line: all systems take more, but for Windows."""


def executable(name: str, package: str) -> str:
    """Where a tool is: beside this Python, else on the path.

    Args:
        name: What its command is called.
        package: What installs it.

    Raises:
        Stopped: It is nowhere.
    """
    file = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
    if file is None:
        raise Stopped(f"{name} is not installed: pip install {package}")
    return file


def lines(command: Sequence[str], paths: Sequence[str], done: Sequence[int] = (0, 1)) -> Iterator[Any]:
    """What a tool prints of some files, decoded.

    Args:
        command: What starts it.
        paths: The files, which follow the command; they are split where a command line would be too long.
        done: The statuses that it exits with when it could work.

    Raises:
        Stopped: It cannot work, or it finds more than anyone reads.
    """
    count = 0
    for batch in _batches(paths):
        with tempfile.TemporaryFile() as errors:
            with _start([*command, *batch], errors) as process:
                assert process.stdout
                for line in process.stdout:
                    if (count := count + 1) > MOST:
                        process.kill()
                        advice = "check fewer files, or fewer rules with --select"
                        raise Stopped(f"{_name(command)} finds more than {MOST:,} places: {advice}")
                    yield json.loads(line)
            if process.returncode not in done:
                errors.seek(0)
                said = errors.read().decode(errors="replace").strip()
                raise Stopped(f"{_name(command)} cannot work\n{said}")


def _start(command: list[str], errors: Any) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors)
    except OSError as error:
        raise Stopped(f"{_name(command)} cannot be started: {error.strerror}") from None


def _name(command: Sequence[str]) -> str:
    return Path(command[0]).stem


def _batches(paths: Sequence[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    size = 0
    for path in paths:
        if batch and size + len(path) > _BATCH:
            yield batch
            batch, size = [], 0
        batch.append(path)
        size += len(path) + 1
    if batch:
        yield batch
