"""Starts Django's commands: python -m tickets migrate, runserver, shell."""

import os
import sys

from django.core.management import execute_from_command_line

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tickets.settings")
execute_from_command_line(["tickets", *sys.argv[1:]])
