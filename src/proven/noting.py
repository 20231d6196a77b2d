"""The command `proven addresses`: note what is about to be published."""

import click

from proven.collect.pages import read_pages
from proven.model import Failures, Site
from proven.outcome import run
from proven.project import Project
from proven.rules import address_list
from proven.rules.site import check


@click.command("addresses")
def addresses_command() -> None:
    """Note in addresses.txt the addresses that the site has and that are not there yet."""

    def noted(project: Project) -> bool:
        site = Site(tuple(read_pages(project, project.pages())))
        if failures := check(project.root, site):
            raise Failures(failures)
        for address in address_list.note(project.root, site):
            click.echo(address)
        return False

    run(noted)
