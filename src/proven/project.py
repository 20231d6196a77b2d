"""The folder that everything is about: what is where, and what interpreters it pins."""

import hashlib
import json
import platform
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from proven.model import Interpreter

LEDGER = "codes.toml"
"""The file in a project's folder that says what each code was given to."""

BROWSER = "3.14"
"""The interpreter that readers run."""


class Unavailable(Exception):
    """Something that is needed cannot be had; the message says what, why and what to do."""


@dataclass(frozen=True)
class Project:
    """The folder that holds mkdocs.yml, package.json and the lock files."""

    root: Path

    @classmethod
    def around(cls, start: Path) -> Self:
        """The project that a folder belongs to.

        Raises:
            Unavailable: No parent folder has a mkdocs.yml.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / "mkdocs.yml").is_file():
                return cls(folder)
        raise Unavailable(f"{start} is not in a project\n    Run this where mkdocs.yml is, or below.")

    @property
    def cache(self) -> Path:
        """What can be deleted at any time."""
        return self.root / ".cache"

    @property
    def modules(self) -> Path:
        """Where npm packages are."""
        return self.root / "node_modules"

    @property
    def assets(self) -> Path:
        """What is built for the browser; part of the theme, ignored by git."""
        return self.root / "overrides" / "assets"

    @cached_property
    def locks(self) -> str:
        """A digest of the lock files: of every tool and package that verification uses."""
        return digest([self.root / "uv.lock", self.root / "package-lock.json"])

    @cached_property
    def harness(self) -> dict[str, str]:
        """The Python that runs inside Pyodide: file name to text."""
        folder = Path(__file__).parent / "harness"
        files = [Path(__file__).parent / "__init__.py", *sorted(folder.glob("*.py"))]
        return {
            str(file.relative_to(folder.parents[1]).as_posix()): file.read_text("utf-8") for file in files
        }

    @cached_property
    def runner_code(self) -> str:
        """A digest of the code that runs blocks inside an interpreter: what snapshots are made from."""
        shared = [
            self.root / "runner" / "interpreter.ts",
            *sorted((self.root / "runner" / "node").glob("*.ts")),
        ]
        return digest([*shared, *sorted((Path(__file__).parent / "harness").glob("*.py"))])

    @cached_property
    def run_code(self) -> str:
        """A digest of all code that a result depends on: `runner_code`, and what starts children."""
        here = Path(__file__).parent
        starters = [here / "children.py", here / "reports.py", *sorted((here / "sandbox").glob("*.py"))]
        return digest(starters) + self.runner_code

    def interpreters(self) -> list[Interpreter]:
        """Every interpreter that blocks run on, oldest first, the native one last."""
        return [*self.pyodides(), native()]

    def pyodides(self) -> Iterator[Interpreter]:
        """The Pyodide builds that package.json names; they have to be installed."""
        wanted = json.loads((self.root / "package.json").read_text("utf-8"))["dependencies"]
        for alias in sorted(name for name, spec in wanted.items() if spec.startswith("npm:pyodide@")):
            folder = self.modules / alias
            version = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["info"]["python"]
            build = json.loads((folder / "package.json").read_text("utf-8"))["version"]
            yield Interpreter(".".join(version.split(".")[:2]), version, f"Pyodide {build}", str(folder))


def native() -> Interpreter:
    """The CPython that runs the build."""
    return Interpreter("native", platform.python_version(), f"native {sysconfig.get_platform()}")


def digest(files: Iterable[Path]) -> str:
    """A digest of files' names and contents."""
    total = hashlib.sha256()
    for file in files:
        content = file.read_bytes()
        total.update(f"{file.name} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()[:16]
