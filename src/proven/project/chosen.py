"""Which of a project's interpreters a command runs blocks on."""

from collections.abc import Iterable

import click

from proven.model import Interpreter
from proven.project.project import Project


def chosen(project: Project, names: Iterable[str]) -> list[Interpreter]:
    """The interpreters of these names; without names all of them.

    Raises:
        UsageError: There is none of that name.
    """
    names = tuple(names)
    everything = project.interpreters()
    choices = [interpreter.name for interpreter in everything]
    for name in names:
        if name not in choices:
            raise click.UsageError(f"no interpreter {name!r}: choose from {', '.join(choices)}")
    return [interpreter for interpreter in everything if not names or interpreter.name in names]
