"""The one Django app."""

from django.apps import AppConfig


class RapportConfig(AppConfig):
    """Label `rapport`: every table, one migration history."""

    name = "rapport"
    default_auto_field = "django.db.models.BigAutoField"
