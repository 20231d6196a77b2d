"""Sells tickets, and adds seats, while others do the same."""

from collections.abc import Sequence
from functools import partial

from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import F

from tickets.models import Event, Ticket


class SaleError(Exception):
    """A sale that was refused, and changed nothing."""


class SoldOutError(SaleError):
    """There are fewer seats left than were asked for."""


class AlreadyBoughtError(SaleError):
    """One of the addresses has a ticket for the event."""


def buy(event: Event, emails: Sequence[str]) -> list[Ticket]:
    """Sells a ticket to each of the addresses, or none to any.

    Confirmations go out when the tickets are stored; what cannot be sent is logged.

    Raises:
        SoldOutError: the event has not so many seats left.
        AlreadyBoughtError: an address has a ticket, or is named twice.
    """
    with transaction.atomic():
        first_number = take_seats(event, len(emails))
        tickets = [
            Ticket(event=event, email=email, number=number)
            for number, email in enumerate(emails, first_number)
        ]
        try:
            Ticket.objects.bulk_create(tickets)
        except IntegrityError as error:
            raise AlreadyBoughtError("An address has a ticket already.") from error
        for ticket in tickets:
            transaction.on_commit(partial(confirm, ticket), robust=True)
    return tickets


def take_seats(event: Event, wanted: int) -> int:
    """Counts seats as sold, and returns the number of the first; in a transaction.

    The event may have been read long ago: what counts is its row.

    Raises:
        SoldOutError: the event has not so many seats left.
    """
    with_seats = Event.objects.filter(pk=event.pk, sold__lte=F("seats") - wanted)
    if not with_seats.update(sold=F("sold") + wanted):
        raise SoldOutError(f"Not enough seats for {event}: {wanted} wanted.")
    # The update has locked the row until the commit, so this is our own count.
    sold = Event.objects.get(pk=event.pk).sold
    return sold - wanted + 1


def confirm(ticket: Ticket) -> None:
    """Sends the buyer the number of the ticket."""
    send_mail(f"{ticket.event}", f"Ticket {ticket.number}", None, [ticket.email])


def add_seats(event: Event, count: int) -> None:
    """Opens further seats for sale; a negative count takes seats away.

    Raises:
        IntegrityError: there would be fewer seats than are sold.
    """
    Event.objects.filter(pk=event.pk).update(seats=F("seats") + count)
