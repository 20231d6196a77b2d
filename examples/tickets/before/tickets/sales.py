"""Sells tickets, and adds seats."""

from collections.abc import Sequence

from django.db import transaction

from tickets.models import Event, Ticket


class SaleError(Exception):
    """A sale that was refused, and changed nothing."""


class SoldOutError(SaleError):
    """There are fewer seats left than were asked for."""


class AlreadyBoughtError(SaleError):
    """One of the addresses has a ticket for the event."""


@transaction.atomic
def buy(event: Event, emails: Sequence[str]) -> list[Ticket]:
    """Sells a ticket to each of the addresses, or none to any.

    Raises:
        SoldOutError: the event has not so many seats left.
        AlreadyBoughtError: an address has a ticket, or is named twice.
    """
    if event.seats - event.sold < len(emails):
        raise SoldOutError(f"Not enough seats for {event}: {len(emails)} wanted.")
    tickets = []
    for email in emails:
        if Ticket.objects.filter(event=event, email__iexact=email).exists():
            raise AlreadyBoughtError("An address has a ticket already.")
        event.sold += 1
        ticket = Ticket.objects.create(event=event, email=email, number=event.sold)
        tickets.append(ticket)
    event.save()
    return tickets


def add_seats(event: Event, count: int) -> None:
    """Opens further seats for sale; a negative count takes seats away."""
    event.seats += count
    event.save()
