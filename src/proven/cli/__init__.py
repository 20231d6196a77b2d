"""The `proven` command: a module for each subcommand."""
