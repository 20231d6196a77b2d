"""What blocks in a pull request try, and what becomes of it: tests/cases/hostile/.

A case is as in test_verify.py, where $ROOT and $HOME stand for the project's and
the user's folders, and $PYODIDES for the options that choose all of them. Native
cases are run on weaker systems too, as containers are: what blocks show must not
depend on what the kernel offers. Nothing here does harm where it succeeds.

- A block sees no variable but these four; Python's own functions read and write no other file, signal no
  process but those that the block has started, start at most 100, and connect to no other machine
  (`hostile/acts`)
- What a block starts ends with it, detached or not, when it ends, loops, or the build is killed
  (`hostile/acts`, `hostile/endless`, `test_build_is_killed`)
- A block may take as long as `--timeout` says, a process 2 GiB of memory (1 GiB in WebAssembly), a file
  256 MiB (`hostile/*`)
- A block leaves nothing to the next: no module, file, descriptor or process (`hostile/acts`,
  `hostile/javascript`, `blocks-are-fresh`)
- In WebAssembly, neither the garbage collector, `ctypes` nor an importer leads to JavaScript, and C cannot
  change files outside the directory either (`hostile/javascript`)
"""

import json
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from proven.project.package import aliases

from .conftest import CASES
from .golden import golden
from .waiting import until
from .workspace import ROOT, Workspace

pytestmark = pytest.mark.slow

FOLDER = CASES / "hostile"
PYODIDES = " ".join(f"--interpreter {name}" for name in aliases())

LINUX = sys.platform == "linux"
SYSTEMS = ["", "unshare", "landlock", "unshare,landlock"] if LINUX else [""]
"""System calls that are refused."""

EXTREMES = [SYSTEMS[0], SYSTEMS[-1]] if LINUX else SYSTEMS
"""The strongest and the weakest of them."""


def system_id(refused: str) -> str:
    """What a system is called in a test's name."""
    return f"without {refused}" if refused else "whole"


@dataclass(frozen=True)
class System:
    """A system that refuses some calls."""

    refused: str

    @property
    def prefix(self) -> tuple[str, ...]:
        """What is put before a command line."""
        return (sys.executable, str(ROOT / "tests" / "weaker.py"), self.refused) if self.refused else ()

    def layers(self) -> dict[str, int]:
        """What confines blocks here."""
        command = [*self.prefix, sys.executable, "-m", "proven.sandbox"]
        done = subprocess.run(command, capture_output=True, check=True, stdin=subprocess.DEVNULL)
        layers: dict[str, int] = json.loads(done.stdout)
        return layers


@pytest.fixture(params=SYSTEMS, ids=system_id)
def system(request: pytest.FixtureRequest) -> System:
    """This system, and weaker ones."""
    return System(request.param)


def running(root: Path) -> list[float]:
    """For each process with a project's folder in its command line, the seconds that it has computed."""
    if not LINUX:
        command = ["ps", "-A", "-ww", "-o", "time=", "-o", "args="]
        shown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        times = [line.split()[0].split(":") for line in shown.splitlines() if str(root) in line]
        return [sum(60**i * float(part) for i, part in enumerate(reversed(time))) for time in times]
    seconds = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended meanwhile
            if str(root) in (folder / "cmdline").read_text("utf-8", errors="replace"):
                ticks = (folder / "stat").read_text("utf-8").rpartition(")")[2].split()[11]
                seconds.append(int(ticks) / os.sysconf("SC_CLK_TCK"))
    return seconds


def check(name: str, workspace: Workspace, system: System) -> None:
    """Verify a case, and compare what is said of it."""
    names = {"$ROOT": str(workspace.root), "$HOME": str(Path.home()), "$PYODIDES": PYODIDES}
    text = (FOLDER / f"{name}.md").read_text("utf-8")
    expected = FOLDER / f"{name}.txt"
    command = expected.read_text("utf-8").splitlines()[0] if expected.exists() else "--interpreter native"
    for short, full in names.items():
        text, command = text.replace(short, full), command.replace(short, full)
    page = f"docs/{name}.md"
    workspace.write(page, text)
    workspace.write(".proven/results/x", "")
    done = workspace.command(
        "proven", "verify", page, *shlex.split(command), env={"SECRET": "x"}, prefix=system.prefix
    )
    shown = f"{command}\n{done.stderr}exit {done.returncode}\n"
    for short, full in names.items():
        shown = shown.replace(full, short)
    golden(expected, shown)
    assert not running(workspace.root)
    assert (workspace.root / "mkdocs.yml").exists()
    assert not list(workspace.root.rglob("forged.json"))
    assert not (Path.home() / ".proven-test").exists()


@pytest.mark.parametrize("case", ["acts", "endless"])
def test_native(case: str, workspace: Workspace, system: System) -> None:
    """Each act is answered at its block, in the same words on every system; the other blocks go on."""
    check(case, workspace, system)


def test_webassembly(workspace: Workspace) -> None:
    """A block in Pyodide gets at no JavaScript, changes no file outside its directory, and memory ends."""
    check("javascript", workspace, System(""))


LOOPS = """```python
import contextlib
import subprocess

with contextlib.suppress(OSError):
    subprocess.Popen(["/bin/sh", "-c", "sleep 600; : {root}"], start_new_session=True)
while True:
    pass
```
"""


@pytest.mark.parametrize("system", EXTREMES, ids=system_id, indirect=True)
@pytest.mark.parametrize(("interpreter", "computed"), [("native", 0.5), ("3.14", 2.0)])
def test_build_is_killed(interpreter: str, computed: float, workspace: Workspace, system: System) -> None:
    """When the build is killed, the block that it was running ends, with all that it has started."""
    workspace.write("docs/x.md", LOOPS.format(root=workspace.root))
    workspace.write("tmp/x", "")
    command = [*system.prefix, sys.executable, "-m", "proven", "verify", "--timeout", "600"]
    with subprocess.Popen(
        [*command, "--interpreter", interpreter],
        cwd=workspace.root,
        env={**os.environ, "TMPDIR": str(workspace.root / "tmp")},  # it is in the children's command lines
        stderr=subprocess.DEVNULL,
    ) as build:
        until(lambda: any(seconds > computed for seconds in running(workspace.root)), "computing")
        build.kill()
    until(lambda: not running(workspace.root), "the end")


@pytest.fixture
def server() -> Iterator[socket.socket]:
    """A server on this machine, outside of any block's."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


PROGRAMS = """```python
import ctypes
import os
import subprocess
import sys

def succeeds(*command: str) -> bool:
    return subprocess.run(command, stdout=-3, stderr=-3).returncode == 0

def fills() -> bool:
    try:
        for name in "abc":
            os.posix_fallocate(os.open(name, os.O_CREAT | os.O_WRONLY), 0, 250 * 2**20)
    except OSError:
        return False
    return True

print("reads:", succeeds("cat", "{root}/mkdocs.yml"))
print("writes:", succeeds("touch", "{root}/touched"))
print("finds:", succeeds("test", "-e", "{root}"))
print("signals:", ctypes.CDLL(None).kill({process}, 0) == 0)
connect = "import socket; socket.create_connection(('127.0.0.1', {port}))"
print("connects:", succeeds(sys.executable, "-c", connect))
print("fills:", fills())
crowd = "n=0; while [ $n -lt 600 ]; do sleep 600 & n=$((n + 1)); done"
print("crowds:", succeeds("/bin/sh", "-c", crowd))
```
"""


def counted() -> bool:
    """Whether Linux counts the processes of a machine of one's own: root's since 6.14."""
    version = tuple(int(part) for part in os.uname().release.split(".")[:2])
    return os.getuid() != 0 or version >= (6, 14)


def test_programs(workspace: Workspace, system: System, server: socket.socket) -> None:
    """Code that goes around Python meets the kernel: Landlock or namespaces; without both, nothing."""
    layers = system.layers()
    private, landlock = bool(layers["namespaces"]), layers["landlock"]
    port = server.getsockname()[1]
    page = workspace.write("docs/x.md", PROGRAMS.format(root=workspace.root, port=port, process=os.getpid()))
    done = workspace.command(
        "proven", "verify", str(page), "--update", "--interpreter", "native", prefix=system.prefix
    )
    assert done.returncode == 0, done.stderr
    assert [line[3:] for line in page.read_text("utf-8").splitlines() if line.startswith("#>")] == [
        f"reads: {not private and not landlock}",
        f"writes: {not private and not landlock}",
        f"finds: {not private}",
        f"signals: {not private and landlock < 6}",
        f"connects: {not private}",
        f"fills: {not private}",
        f"crowds: {not private or not counted()}",
    ]


DIFFERENT = {
    "order of a set": "print({str(number) for number in range(10)})",
    "address": "print(object())",
    "time": "import time\n\nprint(time.time_ns())",
    "seed": "import random\n\nprint(random.random())",
}


@pytest.mark.parametrize("source", DIFFERENT.values(), ids=DIFFERENT)
def test_differs_each_time(source: str, workspace: Workspace) -> None:
    """A page that states what is different in each interpreter is refused."""
    page = workspace.write("docs/x.md", f"```python\n{source}\n```\n")
    workspace.verify("docs/x.md", "--update", "--interpreter", "native")
    line = page.read_text("utf-8").splitlines().index("```", 1)
    done = workspace.verify("docs/x.md", "--interpreter", "native", "--interpreter", "3.14")
    assert f"docs/x.md:{line}: printed" in done.stderr
    assert "on 3.14" in done.stderr
