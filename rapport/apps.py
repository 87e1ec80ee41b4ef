"""The one Django app."""

from django.apps import AppConfig

from .kit.failpoints import obey
from .kit.postgres.arrays import register


class RapportConfig(AppConfig):
    """Label `rapport`: every table, one migration history."""

    name = "rapport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each process comes through here before it does anything, and before its first connection."""
        obey()
        register()
