"""`proven code` and `proven addresses`: note what is about to be published."""

from pathlib import Path

import click

from proven.cli.common import inside, run
from proven.collect.pages import read_pages
from proven.model import Failures, Site
from proven.project import Project
from proven.rules import address_list, ledger
from proven.rules.site import check


@click.command("addresses")
def addresses_command() -> None:
    """Note in addresses.txt the addresses that the site has and that are not there yet."""

    def noted(project: Project) -> bool:
        site = Site(tuple(read_pages(project, project.pages())))
        if failures := check(project.root, site):
            raise Failures(failures)
        for address in address_list.record(project.root, site):
            click.echo(address)
        return False

    run(noted)


@click.command("code")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
def code_command(paths: tuple[Path, ...]) -> None:
    """Note the codes of the pages at PATHS in codes.toml; a page without one is given the next."""

    def noted(project: Project) -> bool:
        for path in paths:
            page = project.name(inside(project, path))
            docs = project.name(project.docs)
            code = ledger.assign_code(project.root, page, docs)
            address_list.record_rule(project.root, code, page, docs)
            click.echo(f"{code} {page}")
        return False

    run(noted)
