"""A site: what is where, and what interpreters it is verified on."""

import json
import os
import platform
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Self

from proven.model import NATIVE, Interpreter, Unavailable
from proven.project import environments, installed, packages, pages
from proven.project.files import digest
from proven.project.package import LOCK, PACKAGE, RUNNER, aliases
from proven.project.settings import Settings, read

LEDGER = "codes.toml"
"""The file in a project's folder that says what each code was given to."""

REDIRECTS = "redirects.json"
"""The file of a built site that says what leads where, for the service worker too."""

ADDRESSES = "addresses.txt"
"""The file beside it that lists every address that was ever published."""


@dataclass(frozen=True, eq=False)
class Project:
    """A site: the folder that holds its mkdocs.yml, and what that says."""

    root: Path
    settings: Settings = field(default_factory=Settings)

    @classmethod
    def around(cls, start: Path) -> Self:
        """The project that a folder belongs to.

        Raises:
            Unavailable: No parent folder has a mkdocs.yml, or it cannot be read.
        """
        start = start.resolve()
        for folder in (start, *start.parents):
            if (folder / "mkdocs.yml").is_file():
                return cls.of(folder / "mkdocs.yml")
        raise Unavailable(f"{start} is not in a project\n    Run this where mkdocs.yml is, or below.")

    @classmethod
    def of(cls, config: Path) -> Self:
        """The project of a mkdocs.yml, whatever its name.

        Raises:
            Unavailable: It cannot be read, or names an interpreter that there is none of.
        """
        try:
            project = cls(config.resolve().parent, read(config))
        except (OSError, ValueError) as error:
            raise Unavailable(f"{config}: {error}") from None
        choices = [*aliases(), NATIVE]
        for name in project.settings.interpreters:
            if name not in choices:
                raise Unavailable(
                    f"{config}: no interpreter {name!r}\n    Choose from {', '.join(choices)}, as in\n"
                    '    plugins:\n      - proven:\n          interpreters: ["3.14", native]'
                )
        return project

    @property
    def docs(self) -> Path:
        """Where the pages are."""
        return Path(os.path.normpath(self.root / self.settings.docs))

    def pages(self) -> list[Path]:
        """The site's Markdown files, as MkDocs chooses them, and its notebooks.

        Raises:
            Unavailable: A folder of notebooks is not there.
        """
        return pages.find(self.root, self.docs, self.settings)

    @cached_property
    def folders(self) -> dict[Path, Path]:
        """The folders that have pages, each with the one that is the top of the site for them."""
        return pages.folders(self.root, self.docs, self.settings)

    def top(self, page: Path) -> Path:
        """The folder that is the top of the site for a page."""
        return pages.top(self.folders, page)

    def name(self, file: Path) -> str:
        """What a file is called in messages: its path from the project's root."""
        return file.relative_to(self.root, walk_up=True).as_posix()

    @property
    def cache(self) -> Path:
        """All that is installed, built and remembered; it can be deleted at any time.

        Not in .cache/, which `zensical build --clean` empties.
        """
        return self.root / ".proven"

    @property
    def modules(self) -> Path:
        """Where npm packages are."""
        return self.cache / "node_modules"

    @property
    def theme(self) -> Path:
        """What the browser needs, as it lies in the built site."""
        return self.cache / "theme"

    @property
    def assets(self) -> Path:
        """What is built for the browser."""
        return self.theme / "assets"

    @cached_property
    def locks(self) -> str:
        """A digest of every tool and package that verification uses."""
        return digest([LOCK]) + installed.installed()

    @property
    def lists(self) -> Path:
        """The folder with the list of packages that blocks can import: the site's own, or this one."""
        return self.root if (self.root / packages.LIST).is_file() else PACKAGE

    @property
    def listed(self) -> packages.Packages:
        """What `packages` comes to before it is known whether the distribution is here.

        Raises:
            Unavailable: The list and its lock file cannot be used.
        """
        try:
            return packages.read(self.lists)
        except packages.Disagreement as problem:
            raise Unavailable(str(problem)) from None

    @cached_property
    def packages(self) -> packages.Packages:
        """What blocks can import in WebAssembly.

        Raises:
            Unavailable: The list and its lock file cannot be used.
        """
        listed = self.listed
        return replace(listed, fetched=listed.is_here(self.cache))

    @cached_property
    def local(self) -> str:
        """A digest of the code that is installed from a folder: the package that the site is about."""
        return installed.local()

    @cached_property
    def harness(self) -> dict[str, str]:
        """The Python that runs inside Pyodide: file name to text."""
        folder = PACKAGE / "harness"
        files = [PACKAGE / "__init__.py", *sorted(folder.glob("*.py"))]
        return {str(file.relative_to(PACKAGE.parent).as_posix()): file.read_text("utf-8") for file in files}

    @cached_property
    def runner_code(self) -> str:
        """A digest of the code that runs blocks inside an interpreter: what snapshots are made from."""
        shared = [*sorted(RUNNER.glob("*.ts")), *sorted((RUNNER / "node").glob("*.ts"))]
        return digest([*shared, *sorted((PACKAGE / "harness").glob("*.py"))])

    @cached_property
    def run_code(self) -> str:
        """A digest of all code that a result depends on: `runner_code`, and what starts children."""
        starters = [file for name in ("run", "sandbox") for file in sorted((PACKAGE / name).glob("*.py"))]
        return digest(starters) + self.runner_code

    def interpreters(self) -> list[Interpreter]:
        """Every interpreter that blocks run on, oldest first, native ones last."""
        interpreters = [
            replace(
                interpreter,
                packages=self.packages.digests(interpreter.name),
                unfetched=self.packages.unfetched(interpreter.name),
            )
            for interpreter in self.pyodides()
        ]
        if self.wants(NATIVE):
            locations = {name: installed.location(name) for name in self.packages.importable}
            interpreters.append(replace(self._native(), packages=locations))
            interpreters += [
                _of_environment(environment)
                for name, environment in self.environments.items()
                if name not in self.settings.without
            ]
        return interpreters

    @cached_property
    def environments(self) -> dict[str, environments.Environment]:
        """What is declared for blocks that need other packages than the site itself, by name.

        Raises:
            Unavailable: One is not whole, or one that is to be left out is not declared.
        """
        declared = environments.declared(self.root, self.cache)
        for name in self.settings.without:
            if name not in declared:
                choices = f"Declared are {', '.join(declared)}." if declared else "None is declared."
                raise Unavailable(f"there is no environment {name!r} to be left out\n    {choices}")
        return declared

    def leaving_out(self, names: Iterable[str]) -> Self:
        """The same project without some of its environments."""
        left_out = dict.fromkeys((*self.settings.without, *names))
        return replace(self, settings=replace(self.settings, without=tuple(left_out)))

    def wants(self, name: str) -> bool:
        """Whether the site's blocks run on an interpreter."""
        return not self.settings.interpreters or name in self.settings.interpreters

    def pyodides(self) -> Iterator[Interpreter]:
        """The Pyodide builds that blocks run on; they have to be installed.

        Raises:
            Unavailable: One is not whole.
        """
        for name, alias in aliases().items():
            if self.wants(name):
                yield self._pyodide(name, self.modules / alias)

    def _pyodide(self, name: str, folder: Path) -> Interpreter:
        try:
            version = json.loads((folder / "pyodide-lock.json").read_text("utf-8"))["info"]["python"]
            build = json.loads((folder / "package.json").read_text("utf-8"))["version"]
        except (OSError, ValueError, KeyError) as error:
            remedy = f"Delete {self.name(self.modules)} and start again: it will be installed anew."
            raise Unavailable(f"the interpreter {name} is damaged: {error}\n    {remedy}") from None
        return Interpreter(name, version, f"Pyodide {build}", str(folder))

    def _native(self) -> Interpreter:
        """The CPython that runs the build."""
        build = f"native {sysconfig.get_platform()}"
        return Interpreter(NATIVE, platform.python_version(), build, environment=self.local)


def _of_environment(environment: environments.Environment) -> Interpreter:
    """The CPython of an environment."""
    return Interpreter(
        environment.name,
        environment.python,
        f"environment {environment.name}, {sysconfig.get_platform()}",
        home=str(environment.home),
        environment=environment.digest,
    )
