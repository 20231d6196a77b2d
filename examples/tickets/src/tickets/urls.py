"""The addresses of the application."""

from django.urls import path

from tickets import views

urlpatterns = [
    path("events", views.list_events),
    path("events/<int:event_id>/tickets", views.buy_tickets),
]
