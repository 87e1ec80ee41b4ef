"""The one Django app."""

from django.apps import AppConfig

from rapport.kit.postgres.arrays import register


class RapportConfig(AppConfig):
    """Label `rapport`: every table, one migration history."""

    name = "rapport"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Before the first connection."""
        register()
