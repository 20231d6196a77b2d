"""The child processes that run blocks: `Native` and `Pyodide`.

Pyodide runs in a Node process that takes one job after another, each in an
interpreter as good as new; native blocks have a process each. A child that takes
too long, dies or talks nonsense is ended, and the next job gets a new one.
"""

import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from proven import toolchain
from proven.model import Error, Interpreter, Print, Result, Source
from proven.project import Project, Unavailable

_START_TIMEOUT = 120.0
"""Seconds that an interpreter may take to start, on a busy machine."""


def _environment(home: str) -> dict[str, str]:
    """What a child sees of the environment: the same on every machine, so that results are too."""
    kept = {
        name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ
    }  # Windows starts nothing without
    return {"HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "TZ": "UTC", **kept}


def _result(report: dict[str, Any]) -> Result:
    """Read a child's report."""
    if "crash" in report:
        last = report["crash"].strip().splitlines()[-1]
        return Result(crash=f"the interpreter died: {last}")
    outcome, output = report["outcome"], report["output"]
    return Result(
        stdout="".join(text for stream, text in output if stream == "stdout"),
        stderr="".join(text for stream, text in output if stream == "stderr"),
        error=Error(**outcome["error"]) if outcome["error"] else None,
        prints=tuple(Print(**one) for one in outcome["prints"]),
    )


def _too_long(timeout: float) -> Result:
    return Result(crash=f"still running after {timeout:g} seconds, and was stopped")


def _start(command: list[str], home: str) -> subprocess.Popen[str]:
    """Start a child in a session of its own, so that what it starts can be ended with it."""
    with (Path(home) / ".stderr").open("wb") as complaints:
        return subprocess.Popen(
            command,
            cwd=home,
            env=_environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        )


def _complaint(home: str) -> str:
    """What a child has said on its standard error."""
    return (Path(home) / ".stderr").read_text("utf-8", errors="replace").strip()[-2000:]


def _end(process: subprocess.Popen[str]) -> None:
    """End a child and whatever it has started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdin, process.stdout):
        with suppress(OSError):
            stream.close() if stream else None


class Native(AbstractContextManager["Native"]):
    """The CPython that runs the build: a process for each job."""

    def __init__(self, timeout: float) -> None:
        self.timeout = timeout

    def __exit__(self, *_: object) -> None:
        """Nothing is kept between jobs."""

    def run(self, sources: tuple[Source, ...]) -> Result:
        """Run sources in a process and a directory of their own."""
        with tempfile.TemporaryDirectory(prefix="proven-", ignore_cleanup_errors=True) as home:
            directory = Path(home) / "block"
            directory.mkdir()
            job = {"sources": [asdict(source) for source in sources], "directory": str(directory)}
            process = _start([sys.executable, "-I", "-X", "utf8", "-m", "proven.harness.native"], home)
            try:
                report, _ = process.communicate(json.dumps(job), timeout=self.timeout)
            except subprocess.TimeoutExpired:
                return _too_long(self.timeout)
            finally:
                _end(process)
            try:
                return _result(json.loads(report))
            except (ValueError, KeyError, TypeError):
                last = _complaint(home).splitlines()[-1:] or [f"exit code {process.returncode}"]
                return Result(crash=f"the interpreter ended before the block did: {last[0]}")


class Pyodide(AbstractContextManager["Pyodide"]):
    """A Pyodide build in a Node process that takes job after job."""

    def __init__(self, project: Project, interpreter: Interpreter, timeout: float) -> None:
        self.project = project
        self.interpreter = interpreter
        self.timeout = timeout
        self.home = tempfile.TemporaryDirectory(prefix="proven-", ignore_cleanup_errors=True)
        self.process: subprocess.Popen[str] | None = None
        self.lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()
        self.home.cleanup()

    def run(self, sources: tuple[Source, ...]) -> Result:
        """Run sources in an interpreter of their own; Node is started when it is not running."""
        process = self.process or self.start()
        assert process.stdin
        try:
            process.stdin.write(json.dumps({"sources": [asdict(source) for source in sources]}) + "\n")
            process.stdin.flush()
            line = self.lines.get(timeout=self.timeout)
        except queue.Empty:
            self.end()
            return _too_long(self.timeout)
        except OSError:
            line = None
        if line is None:
            self.end()
            return Result(crash=f"the interpreter ended before the block did: exit code {process.returncode}")
        return _result(json.loads(line))

    def start(self) -> subprocess.Popen[str]:
        """Start Node and wait until it is ready.

        Raises:
            Unavailable: It does not become ready.
        """
        home = Path(self.home.name)
        harness = home / "harness.json"
        harness.write_text(json.dumps(self.project.harness), "utf-8")
        snapshot = toolchain.snapshot(self.project, self.interpreter)
        script = self.project.root / "runner" / "node" / "worker.ts"
        command = toolchain.node(
            script, str(self.interpreter.folder), harness, *([snapshot] if snapshot else [])
        )
        self.process = process = _start(command, str(home))
        assert process.stdout
        self.lines = queue.SimpleQueue()
        threading.Thread(target=_forward, args=(process.stdout, self.lines), daemon=True).start()
        try:
            ready = self.lines.get(timeout=_START_TIMEOUT)
        except queue.Empty:
            ready = None
        if ready is None:
            self.end()
            raise Unavailable(f"{self.interpreter} does not start under Node\n    {_complaint(str(home))}")
        return process

    def end(self) -> None:
        """End Node, if it is running."""
        if self.process:
            _end(self.process)
            self.process = None


def _forward(stream: IO[str], lines: queue.SimpleQueue[str | None]) -> None:
    with suppress(ValueError):  # the child was ended, and its stream closed
        for line in stream:
            lines.put(line)
    lines.put(None)
