"""What a site is verified with."""

from dataclasses import dataclass
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

    @classmethod
    def of(cls, project: Project) -> Self:
        """What a project is verified with."""
        names = ("mkdocs", "mkdocs-material", "ruff", "mypy")
        versions = (*(f"{name} {version(name)}" for name in names), f"pyright {pyright.pyright_version()}")
        return cls(tuple(project.interpreters()), versions)
