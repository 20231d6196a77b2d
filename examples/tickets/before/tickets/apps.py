"""Connects the signals when Django starts."""

from django.apps import AppConfig


class TicketsConfig(AppConfig):
    """The application."""

    name = "tickets"

    def ready(self) -> None:
        """Imports the receivers, which connects them."""
        from tickets import signals  # noqa: F401
