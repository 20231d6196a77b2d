"""Run Ruff, mypy and pyright on files: what each says, line by line."""

import atexit
import json
import re
import shutil
import sys
from itertools import batched
from pathlib import Path
from typing import Any

from ruff import find_ruff_bin

from proven.model import LINE_LENGTH, Finding, Findings, Unavailable
from proven.project import BROWSER, RUNNER
from proven.run.process import Child, Ended, Late, output
from proven.toolchain.node import node

SELECTION = ("ASYNC", "B", "C4", "E", "F", "I", "PERF", "RUF", "SIM", "UP", "W")
"""The Ruff rules that Prefer is clean under; one that fires on Avoid has to be declared."""

_BATCH = 500
"""Files that one process of mypy reads, since its memory grows with them."""

_PATIENCE = 600.0
"""Seconds that mypy may take for them on a busy machine."""

MYPY_OPTIONS = (
    "--strict",
    f"--python-version={BROWSER}",
    "--platform=linux",
    "--output=json",
    "--config-file=",
    "--no-error-summary",
)
"""What mypy is called with, in the build and in the browser."""

PYRIGHT_SETTINGS = {"typeCheckingMode": "standard", "pythonVersion": BROWSER, "pythonPlatform": "Linux"}
"""Pyright's configuration: its own default, which comes closest to what mypy calls strict."""

RUFF_SETTINGS: dict[str, str | int] = {"line-length": LINE_LENGTH, "target-version": "py311"}
"""Ruff's settings, by the names that they have in its configuration and on its command line."""

_RUFF = ("--isolated", "--no-cache", *(f"--{name}={value}" for name, value in RUFF_SETTINGS.items()))


def ruff_check(folder: Path, codes: list[str]) -> Findings:
    """What rules of Ruff find in the files of a folder.

    Raises:
        Unavailable: Ruff fails.
    """
    options = (*_RUFF, f"--select={','.join(codes)}", "--output-format=json")
    for one in json.loads(output([find_ruff_bin(), "check", *options, "."], folder)):
        fix = one["fix"]["applicability"] if one["fix"] else ""
        yield Path(one["filename"]).name, Finding(one["location"]["row"], one["code"], one["message"], fix)


def ruff_fix(folder: Path, file: str, code: str) -> tuple[str, int]:
    """A file of a folder as a rule of Ruff mends it, and how much the rule still finds then.

    Raises:
        Unavailable: Ruff fails.
    """
    copy = folder / "mended"
    copy.mkdir(exist_ok=True)
    shutil.copy(folder / file, copy)
    options = (*_RUFF, f"--select={code}", "--fix", "--unsafe-fixes", "--output-format=json")
    left = json.loads(output([find_ruff_bin(), "check", *options, file], copy))
    return (copy / file).read_text("utf-8"), len(left)


def ruff_format(folder: Path) -> Findings:
    """One finding a file: where the formatter first differs, and what it writes there.

    Raises:
        Unavailable: Ruff fails.
    """
    text = output([find_ruff_bin(), "format", *_RUFF, "--diff", "."], folder)
    for part in re.split(r"^--- ", text, flags=re.MULTILINE)[1:]:
        start = re.search(r"^@@ -(\d+)", part, flags=re.MULTILINE)
        body = part.split("\n", 3)[-1].rstrip()
        name = Path(part.split("\n", 1)[0].split("\t")[0]).name
        yield name, Finding(int(start[1]) if start else 1, "format", body)


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
            self.child = self.child or Child(lambda _: [sys.executable, "-I", "-m", "proven.mypy_server"])
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


def pyright_version() -> str:
    """The version of Pyright that is locked."""
    return str(json.loads((RUNNER / "package.json").read_text("utf-8"))["dependencies"]["pyright"])


def check(folder: Path, modules: Path) -> Findings:
    """What Pyright says of the files of a folder: errors, and as notes the types that it reveals.

    Args:
        folder: Where the files are; its configuration is written there.
        modules: Where npm packages are.

    Raises:
        Unavailable: Pyright fails.
    """
    (folder / "pyrightconfig.json").write_text(json.dumps(PYRIGHT_SETTINGS), "utf-8")
    options = ("--outputjson", "--project", ".", "--pythonpath", sys.executable)
    said = json.loads(output(node(modules / "pyright" / "index.js", *options), folder))
    for one in said["generalDiagnostics"]:
        if one["severity"] in ("error", "information"):
            code = one.get("rule", "syntax") if one["severity"] == "error" else "note"
            line = one["range"]["start"]["line"] + 1
            yield Path(one["file"]).name, Finding(line, code, one["message"].split("\n")[0])


MYPY = Mypy()
atexit.register(MYPY.end)
