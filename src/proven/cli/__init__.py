"""The `proven` command: a module for each subcommand."""

__all__ = ["main"]
