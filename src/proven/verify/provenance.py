"""What a site is verified with."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Self

from proven.lint import pyright
from proven.model import Interpreter
from proven.project import Project


@dataclass(frozen=True, slots=True)
class Tools:
    """What the verification was done with."""

    interpreters: tuple[Interpreter, ...]
    versions: tuple[str, ...]
    packages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What each environment was asked for, with versions, by its name."""

    @classmethod
    def of(cls, project: Project) -> Self:
        """What a project is verified with."""
        names = ("mkdocs", "mkdocs-material", "ruff", "mypy")
        versions = (*(f"{name} {version(name)}" for name in names), f"pyright {pyright.pyright_version()}")
        packages = {
            name: tuple(f"{package} {number}" for package, number in environment.packages.items())
            for name, environment in project.environments.items()
        }
        return cls(tuple(project.interpreters()), versions, packages)
