"""The one Django app."""

from django.apps import AppConfig

from .kit.failpoints import obey


class RapportConfig(AppConfig):
    """Label `rapport`: every table, one migration history."""

    name = "rapport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Each process comes through here before it does anything: one told to stop on purpose is no test's refuses."""
        obey()
