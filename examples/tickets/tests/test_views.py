"""What clients see, also when two of them are there at once."""

import pytest
from conftest import Between
from django.test import Client

from tickets.models import Event, Ticket


def test_events_are_listed_with_the_seats_left(client: Client) -> None:
    Event.objects.create(name="Opera", seats=90, sold=20)
    Event.objects.create(name="Concert", seats=5)
    assert client.get("/events").json() == {
        "events": [
            {"id": 2, "name": "Concert", "left": 5},
            {"id": 1, "name": "Opera", "left": 70},
        ]
    }


def test_an_order_is_answered_with_its_numbers(client: Client) -> None:
    event = Event.objects.create(name="Concert", seats=5)
    order = {"email": ["ada@example.com", "bob@example.com"]}
    answer = client.post(f"/events/{event.pk}/tickets", order)
    assert (answer.status_code, answer.json()) == (201, {"tickets": [1, 2]})


def test_the_last_seat_is_sold_once(client: Client, between: Between) -> None:
    event = Event.objects.create(name="Concert", seats=1)
    address = f"/events/{event.pk}/tickets"
    with between(lambda: client.post(address, {"email": "bob@example.com"})):
        answer = client.post(address, {"email": "ada@example.com"})
    assert answer.status_code == 409
    assert [ticket.email for ticket in Ticket.objects.all()] == ["bob@example.com"]


def test_a_second_click_buys_no_second_ticket(client: Client) -> None:
    event = Event.objects.create(name="Concert", seats=5)
    address = f"/events/{event.pk}/tickets"
    order = {"email": "ada@example.com"}
    answers = [client.post(address, order).status_code for _ in range(2)]
    assert answers == [201, 409]


@pytest.mark.parametrize(
    "emails",
    [
        [],
        [""],
        ["ada"],
        ["ada@example.com\nBcc: eve@example.com"],
        ["ada@example.com", "\0"],
        [f"{'a' * 250}@example.com"],
        [f"guest{number}@example.com" for number in range(11)],
    ],
)
def test_a_form_that_is_not_valid_is_refused(client: Client, emails: list[str]) -> None:
    event = Event.objects.create(name="Concert", seats=50)
    answer = client.post(f"/events/{event.pk}/tickets", {"email": emails})
    assert answer.status_code == 400
    assert not Ticket.objects.exists()


@pytest.mark.parametrize("event_id", [0, 7, 10**30])
def test_there_is_no_such_event(client: Client, event_id: int) -> None:
    answer = client.post(f"/events/{event_id}/tickets", {"email": "ada@example.com"})
    assert answer.status_code == 404
