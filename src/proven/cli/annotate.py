"""`proven annotate`: what the served annotate.py does, with the rules of the project's pages."""

import sys
from pathlib import Path

import click

from proven.exports import annotate
from proven.model import Failures, Unavailable
from proven.project import Project


@click.command("annotate", add_help_option=False, context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def annotate_command(arguments: tuple[str, ...]) -> None:
    """Name the rules in a report of Ruff or another tool; see `proven annotate --help`."""
    sys.exit(annotate.main(arguments, _known, "proven annotate"))


def _known() -> tuple[annotate.Rules, str]:
    """The rules of the project's pages, and the address of the site, where mkdocs.yml gives one.

    Raises:
        Wrong: There is no project here, or a page cannot be read.
    """
    from proven.collect.pages import read_pages
    from proven.exports import annotator
    from proven.model import Site
    from proven.rules import catalogue

    try:
        project = Project.around(Path.cwd())
        site = Site(tuple(read_pages(project, project.pages())))
        whole = catalogue.catalogue(project, site, project.settings.address)
    except (Unavailable, Failures) as problem:
        raise annotate.Wrong(*str(problem).split("\n    ", 1)) from None
    return annotator.rules_of(whole), whole.site_url
