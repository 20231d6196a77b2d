"""The `proven` command."""

import click

from proven.cli.addresses import addresses_command, code_command
from proven.cli.annotate import annotate_command
from proven.cli.assets import assets_command
from proven.cli.environments import environments_command
from proven.cli.export import export_command
from proven.cli.measure import measure_command
from proven.cli.merge import merge_command
from proven.cli.packages import packages_command
from proven.cli.verify import verify_command

main = click.Group(
    help="Verify the Python on the pages of a MkDocs site.",
    commands=[
        verify_command,
        measure_command,
        merge_command,
        assets_command,
        packages_command,
        environments_command,
        code_command,
        addresses_command,
        annotate_command,
        export_command,
    ],
)
"""The command."""
