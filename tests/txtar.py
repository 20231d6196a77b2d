"""Cases in one file each: what they show, what is run, what it prints, and the files it takes.

    A block prints what its page does not say.

    % damage results {
    $ proven verify --interpreter native
    docs/x.md:3: printed '1', the page says '2'
    exit 1
    -- docs/x.md --
    ...

The form is that of Go's txtar archives. `$` runs a command of the project, `%` a
step from `STEPS`. What is printed may have `<?>` in place of what differs from
time to time. After a file's name may stand how it is written: `(crlf)`,
`(utf-8-sig)`, `(latin-1)`.
"""

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from .golden import golden
from .workspace import Workspace

_header = re.compile(r"^-- (\S+)(?: \(([\w-]+)\))? --\n", re.MULTILINE)
_progress = re.compile(r"^(Running|Checking) | runs, ")


@dataclass(frozen=True)
class File:
    """A file that a case writes."""

    name: str
    form: str
    text: str

    @property
    def content(self) -> bytes:
        """What is on disk."""
        if self.form == "crlf":
            return self.text.replace("\n", "\r\n").encode()
        return self.text.encode(self.form or "utf-8")


@dataclass(frozen=True)
class Case:
    """One case: what it shows, what is done, and the files that there are."""

    title: str
    script: tuple[str, ...]
    """The lines that start with `%` and `$`."""
    files: tuple[File, ...]

    @classmethod
    def read(cls, file: Path) -> "Case":
        """Read a case."""
        head, *rest = _header.split(file.read_text("utf-8"))
        parts = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
        title, _, steps = head.partition("\n")
        script = tuple(line for line in steps.splitlines() if line.startswith(("$ ", "% ")))
        return cls(title, script, tuple(File(name, form or "", text) for name, form, text in parts))

    def run(self, workspace: Workspace) -> str:
        """Do what the case says; the text that its file should have."""
        for file in self.files:
            workspace.write(file.name, file.content)
        shown = [self.title, ""]
        for line in self.script:
            shown.append(line)
            name, *arguments = shlex.split(line[2:])
            shown += (
                _run(workspace, name, *arguments) if line[0] == "$" else STEPS[name](workspace, *arguments)
            )
        for file in self.files:
            form = f" ({file.form})" if file.form else ""
            shown += [f"-- {file.name}{form} --", *file.text.splitlines()]
        return "\n".join([*shown, ""])


def check(file: Path, workspace: Workspace) -> None:
    """Run a case, and hold what it comes to against its file."""
    golden(file, Case.read(file).run(workspace))


def _run(workspace: Workspace, *command: str) -> list[str]:
    return _shown(workspace, workspace.command(*command))


def _shown(workspace: Workspace, done: subprocess.CompletedProcess[str]) -> list[str]:
    output = (done.stdout + done.stderr).replace(str(workspace.root), "PROJECT")
    return [*output.splitlines(), f"exit {done.returncode}"]


def _damage(workspace: Workspace, folder: str, text: str) -> list[str]:
    """Overwrite what one part of the cache remembers."""
    files = [file for file in (workspace.root / ".proven").rglob("*.json") if folder in file.parts]
    assert files
    for file in files:
        file.write_text(text, "utf-8")
    return []


def _remove(workspace: Workspace, name: str) -> list[str]:
    """Take away a file or folder; of folders that the tests share, a copy is made on the way."""
    here = workspace.root
    *folders, last = name.split("/")
    for folder in folders:
        here /= folder
        if here.is_symlink():
            shared = here.resolve()
            here.unlink()
            here.mkdir()
            for entry in shared.iterdir():
                (here / entry.name).symlink_to(entry)
    target = here / last
    shutil.rmtree(target) if target.is_dir() and not target.is_symlink() else target.unlink()
    return []


def _at_once(workspace: Workspace, *command: str) -> list[str]:
    """Run a command twice at the same time: both have to find the same, whoever does the work."""
    with ThreadPoolExecutor(2) as pool:
        pair = list(pool.map(lambda _: workspace.process(*command), range(2)))
    shown = (_shown(workspace, done) for done in pair)
    first, second = ([line for line in lines if not _progress.search(line)] for lines in shown)
    assert first == second
    return first


def _full_disk(workspace: Workspace, *command: str) -> list[str]:
    """Run a command that can write no more than a block of the disk to a file."""
    launcher = workspace.write("full.sh", _NO_FILES)
    env = {"PYTHONDONTWRITEBYTECODE": "1"}  # CPython 3.13.0 leaves half a file, which others would read
    return _shown(workspace, workspace.process(*command, env=env, prefix=("/bin/sh", str(launcher))))


_NO_FILES = """ulimit -f 1
exec "$@"
"""

STEPS: dict[str, Callable[..., list[str]]] = {
    "damage": _damage,
    "remove": _remove,
    "at-once": _at_once,
    "full-disk": _full_disk,
}
