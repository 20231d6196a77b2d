"""The tables."""

from django.db import models


class Event(models.Model):
    """Something to go to, with a number of seats."""

    name: "models.CharField[str, str]" = models.CharField(max_length=100)
    seats: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()
    sold: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(
        default=0
    )

    def __str__(self) -> str:
        return self.name


class Ticket(models.Model):
    """A seat that is sold: one for each address, numbered from 1."""

    event: "models.ForeignKey[Event]" = models.ForeignKey(Event, models.PROTECT)
    email: "models.EmailField[str, str]" = models.EmailField()
    number: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.event}, ticket {self.number}"
