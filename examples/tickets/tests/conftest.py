"""A database in memory, and a way to let somebody act in between."""

import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager

import django
import pytest
from django.core.management import call_command
from django.test import Client
from django.test.utils import (
    setup_databases,
    setup_test_environment,
    teardown_databases,
    teardown_test_environment,
)

os.environ["DJANGO_SETTINGS_MODULE"] = "tickets.settings"
os.environ["TICKETS_DATABASE"] = ":memory:"
django.setup()

Between = Callable[[Callable[[], object]], AbstractContextManager[None]]


@pytest.fixture(scope="session")
def _tables() -> Generator[None]:
    setup_test_environment()
    databases = setup_databases(verbosity=0, interactive=False)
    yield
    teardown_databases(databases, verbosity=0)
    teardown_test_environment()


@pytest.fixture(autouse=True)
def _no_rows_left(_tables: None) -> Generator[None]:
    from django.core import mail

    mail.outbox = []
    yield
    call_command("flush", verbosity=0, interactive=False)


@pytest.fixture
def client() -> Client:
    """Sends requests to the application in this process."""
    return Client()


@pytest.fixture
def between() -> Between:
    """Lets another act right after the next event has been read."""
    from django.db.models.signals import post_init

    from tickets.models import Event

    @contextmanager
    def interrupted(act: Callable[[], object]) -> Generator[None]:
        def interrupt(**_: object) -> None:
            post_init.disconnect(interrupt, sender=Event)
            act()

        post_init.connect(interrupt, sender=Event)
        try:
            yield
        finally:
            assert not post_init.disconnect(interrupt, sender=Event), "no event read"

    return interrupted
