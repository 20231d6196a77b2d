"""What is stored and sent, whoever has read the event before."""

import pytest
from django.core import mail
from django.core.mail.backends import locmem
from django.core.management import call_command
from django.db import IntegrityError

from tickets import sales
from tickets.models import Event, Ticket

ADA, BOB, CID = "ada@example.com", "bob@example.com", "cid@example.com"


def read_twice(seats: int, sold: int = 0) -> tuple[Event, Event]:
    """The same event, as two requests have read it."""
    event = Event.objects.create(name="Concert", seats=seats, sold=sold)
    return event, Event.objects.get(pk=event.pk)


def stored() -> tuple[int, int, list[int]]:
    """The seats of the event, those sold, and the numbers of its tickets."""
    event = Event.objects.get()
    numbers = Ticket.objects.order_by("pk").values_list("number", flat=True)
    return event.seats, event.sold, list(numbers)


def test_every_sale_is_counted_and_numbered() -> None:
    first, second = read_twice(seats=5)
    sales.buy(first, [ADA])
    sales.buy(second, [BOB])
    assert stored() == (5, 2, [1, 2])


def test_added_seats_undo_no_sale() -> None:
    selling, adding = read_twice(seats=5)
    sales.buy(selling, [ADA])
    sales.add_seats(adding, 10)
    assert stored() == (15, 1, [1])


def test_a_sold_seat_is_not_taken_away() -> None:
    event, _ = read_twice(seats=5, sold=5)
    with pytest.raises(IntegrityError, match="event_not_oversold"):
        sales.add_seats(event, -1)


def test_an_address_has_one_ticket_whoever_writes_it() -> None:
    event, _ = read_twice(seats=5)
    sales.buy(event, [ADA])
    with pytest.raises(IntegrityError, match="ticket_email_once"):
        Ticket.objects.bulk_create([Ticket(event=event, email=ADA.title(), number=2)])


def test_a_group_is_mailed_its_numbers() -> None:
    event, _ = read_twice(seats=3)
    sales.buy(event, [ADA, BOB, CID])
    assert [(sent.to, sent.body) for sent in mail.outbox] == [
        ([ADA], "Ticket 1"),
        ([BOB], "Ticket 2"),
        ([CID], "Ticket 3"),
    ]


def test_a_group_gets_all_its_tickets_or_none() -> None:
    event, _ = read_twice(seats=2)
    with pytest.raises(sales.SoldOutError, match="3 wanted"):
        sales.buy(event, [ADA, BOB, CID])
    assert stored() == (2, 0, [])


def test_a_group_that_is_refused_gets_no_mail() -> None:
    event, _ = read_twice(seats=5)
    with pytest.raises(sales.AlreadyBoughtError):
        sales.buy(event, [ADA, BOB, ADA.title()])
    assert stored() == (5, 0, [])
    assert [sent.to for sent in mail.outbox] == []


def test_a_mail_server_that_is_down_undoes_no_sale(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: object) -> int:
        raise ConnectionRefusedError("the mail server is down")

    monkeypatch.setattr(locmem.EmailBackend, "send_messages", refuse)
    event, _ = read_twice(seats=5)
    sales.buy(event, [ADA, BOB])
    assert stored() == (5, 2, [1, 2])
    assert caplog.text.count("ConnectionRefusedError: the mail server is down") == 2


def test_the_migrations_make_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
