"""What happens whenever a ticket is stored."""

from typing import Any

from django.core.mail import send_mail
from django.db.models.signals import post_save
from django.dispatch import receiver

from tickets.models import Ticket


@receiver(post_save, sender=Ticket)
def confirm(instance: Ticket, created: bool, **_: Any) -> None:
    """Sends the buyer the number of the ticket."""
    if created:
        subject, text = f"{instance.event}", f"Ticket {instance.number}"
        send_mail(subject, text, None, [instance.email])
