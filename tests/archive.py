"""Cases in one file each: what they show, what is run, what it prints, and the files it takes.

    A block prints what its page does not say.

    % damage-results {
    $ proven verify --interpreter native
    docs/x.md:3: printed '1', the page says '2'
    exit 1
    -- docs/x.md --
    ...

The form is that of Go's txtar archives. `$` runs a command of the project, `%` a
step of preparation from `steps.py`. After a file's name may stand how it is
written: `(crlf)`, `(cr)`, `(utf-8-sig)` or `(latin-1)`.
"""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .conftest import Workspace

type Step = Callable[..., None]

_header = re.compile(r"^-- (\S+)(?: \(([\w-]+)\))? --$", re.MULTILINE)
_NEWLINES = {"crlf": "\r\n", "cr": "\r"}


@dataclass(frozen=True)
class File:
    """A file that a case writes."""

    name: str
    form: str
    text: str

    @property
    def content(self) -> bytes:
        """What is on disk."""
        text = self.text.replace("\n", _NEWLINES.get(self.form, "\n"))
        return text.encode("utf-8" if self.form in ("", *_NEWLINES) else self.form)


@dataclass(frozen=True)
class Case:
    """One case: its script and its files."""

    title: str
    script: tuple[str, ...]
    """The lines that start with `%` and `$`."""
    files: tuple[File, ...]

    @classmethod
    def read(cls, file: Path) -> tuple["Case", str]:
        """A case, and the text that it should come to."""
        text = file.read_text("utf-8")
        head, *rest = _header.split(text)
        parts = zip(rest[::3], rest[1::3], rest[2::3], strict=True)
        files = tuple(File(name, form or "", body.removeprefix("\n")) for name, form, body in parts)
        title, _, steps = head.partition("\n")
        script = tuple(line for line in steps.splitlines() if line.startswith(("$ ", "% ")))
        return cls(title, script, files), text

    def run(self, workspace: Workspace, steps: Mapping[str, Step]) -> str:
        """Do what the case says; the text that it comes to."""
        for file in self.files:
            workspace.write(file.name, file.content)
        shown = [self.title, ""]
        for line in self.script:
            shown.append(line)
            name, *arguments = shlex.split(line[2:])
            if line.startswith("% "):
                steps[name](workspace, *arguments)
                continue
            done = workspace.command(name, *arguments)
            output = (done.stdout + done.stderr).replace(str(workspace.root), "PROJECT")
            shown += [*output.splitlines(), f"exit {done.returncode}"]
        for file in self.files:
            form = f" ({file.form})" if file.form else ""
            shown += [f"-- {file.name}{form} --", file.text.removesuffix("\n")]
        return "\n".join([*shown, ""])
