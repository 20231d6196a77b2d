"""The two views: events with the seats left, and the sale of tickets."""

from django.core.exceptions import ValidationError
from django.db.models import F
from django.forms import EmailField
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST, require_safe

from tickets import sales
from tickets.models import Event

MOST_TICKETS = 10  # in one order


@require_safe
def list_events(request: HttpRequest) -> JsonResponse:
    """Lists all events by name, each with the seats that are left."""
    events = Event.objects.order_by("name", "pk")
    rows = events.values("id", "name", left=F("seats") - F("sold"))
    return JsonResponse({"events": list(rows)})


@require_POST
def buy_tickets(request: HttpRequest, event_id: int) -> JsonResponse:
    """Sells a ticket to each `email` of the form: all of them, or none.

    Answers 201 with the numbers of the tickets, 400 to a form that is not valid,
    404 if there is no such event, and 409 if the sale is refused.
    """
    event = get_object_or_404(Event, pk=event_id)
    emails = request.POST.getlist("email")
    if not 1 <= len(emails) <= MOST_TICKETS:
        return refuse(400, f"An order has 1 to {MOST_TICKETS} addresses.")
    field = EmailField(max_length=254)
    try:
        emails = [field.clean(email) for email in emails]
    except ValidationError as error:
        return refuse(400, *error.messages)
    try:
        tickets = sales.buy(event, emails)
    except sales.SaleError as error:
        return refuse(409, str(error))
    numbers = [ticket.number for ticket in tickets]
    return JsonResponse({"tickets": numbers}, status=201)


def refuse(status: int, *reasons: str) -> JsonResponse:
    """An answer that says why nothing was sold."""
    return JsonResponse({"error": " ".join(reasons)}, status=status)
