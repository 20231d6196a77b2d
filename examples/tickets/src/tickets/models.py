"""The tables, with the rules that every row keeps, whoever writes it."""

from django.db import models
from django.db.models.functions import Lower


class Event(models.Model):
    """Something to go to, with a number of seats."""

    name: "models.CharField[str, str]" = models.CharField(max_length=100)
    seats: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    sold: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(
        default=0
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(sold__lte=models.F("seats")),
                name="event_not_oversold",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """A seat that is sold: one for each address, numbered from 1."""

    event: "models.ForeignKey[Event]" = models.ForeignKey(Event, models.PROTECT)
    email: "models.EmailField[str, str]" = models.EmailField()
    number: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("event", "number"), name="ticket_number_once"
            ),
            models.UniqueConstraint("event", Lower("email"), name="ticket_email_once"),
        )

    def __str__(self) -> str:
        return f"{self.event}, ticket {self.number}"
