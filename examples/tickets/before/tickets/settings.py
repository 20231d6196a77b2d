"""Django's settings; what differs between machines comes from the environment."""

import os
import secrets
from typing import Any

SECRET_KEY = os.environ.get("TICKETS_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = os.environ.get("TICKETS_HOSTS", "localhost,127.0.0.1").split(",")
INSTALLED_APPS = ["tickets"]
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
ROOT_URLCONF = "tickets.urls"
DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("TICKETS_DATABASE", "tickets.sqlite3"),
        # A transaction that begins by reading could not write after another has.
        "OPTIONS": {"transaction_mode": "IMMEDIATE"},
    }
}
MAILERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": os.environ.get(
            "TICKETS_MAILER", "django.core.mail.backends.console.EmailBackend"
        )
    }
}
DEFAULT_FROM_EMAIL = "tickets@example.com"
LOGGING: dict[str, Any] = {  # without it, Django's errors are shown in debug mode only
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"]},
}
