"""Creates the tables of the first release."""

from typing import Any

from django.db import migrations, models
from django.db.models.functions import Lower

KEY: dict[str, Any] = {
    "auto_created": True,
    "primary_key": True,
    "serialize": False,
    "verbose_name": "ID",
}


class Migration(migrations.Migration):
    """Events and their tickets, with what every row keeps."""

    initial = True
    operations = (
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("name", models.CharField(max_length=100)),
                ("seats", models.PositiveIntegerField()),
                ("sold", models.PositiveIntegerField(default=0)),
            ],
            options={
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(sold__lte=models.F("seats")),
                        name="event_not_oversold",
                    ),
                )
            },
        ),
        migrations.CreateModel(
            name="Ticket",
            fields=[
                ("id", models.BigAutoField(**KEY)),
                ("email", models.EmailField(max_length=254)),
                ("number", models.PositiveIntegerField()),
                ("event", models.ForeignKey("tickets.event", models.PROTECT)),
            ],
            options={
                "constraints": (
                    models.UniqueConstraint(
                        fields=("event", "number"), name="ticket_number_once"
                    ),
                    models.UniqueConstraint(
                        "event", Lower("email"), name="ticket_email_once"
                    ),
                )
            },
        ),
    )
