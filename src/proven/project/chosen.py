"""Which of a project's interpreters a command runs blocks on."""

from collections.abc import Iterable
from dataclasses import replace

import click

from proven.model import NATIVE, Interpreter
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


def narrowed(project: Project, names: Iterable[str]) -> Project:
    """A project that takes no npm packages where native CPython is all that is asked for.

    On a site that names the plugin the others count too: a block may be for one of them.
    """
    if project.settings.used or {*names} != {NATIVE}:
        return project
    return replace(project, settings=replace(project.settings, interpreters=(NATIVE,)))
