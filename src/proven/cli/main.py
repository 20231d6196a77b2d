"""The `proven` command."""

from importlib import import_module

import click

COMMANDS = {
    "check": "check",
    "verify": "verify",
    "measure": "measure",
    "merge": "merge",
    "assets": "assets",
    "packages": "packages",
    "environments": "environments",
    "code": "addresses",
    "addresses": "addresses",
    "annotate": "annotate",
    "export": "export",
}
"""The subcommands, and the modules that have them, each imported when it is asked for."""

EXTRA = "pip install 'proven-python[site]'"
"""What installs all that a site takes; `check` does without."""


class Commands(click.Group):
    """Subcommands that are imported one by one, since most of them take long to import."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Their names."""
        return [*COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        try:
            module = import_module(f"proven.cli.{COMMANDS[cmd_name]}")
        except ModuleNotFoundError as error:
            return _missing(cmd_name, f"{cmd_name} needs {error.name}: {EXTRA}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


def _missing(name: str, problem: str) -> click.Command:
    """A command that says what it lacks."""

    @click.command(name, help=problem, context_settings={"ignore_unknown_options": True})
    @click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
    def say(arguments: tuple[str, ...]) -> None:
        raise click.ClickException(problem)

    return say


main = Commands(help="Verify the Python on the pages of a MkDocs site, and find violations of rules in code.")
"""The command."""
