"""Load all of Rapport once, so that Python keeps what it compiled and no later start has to compile it again."""

from __future__ import annotations

import os
import pkgutil
import tempfile
from importlib import import_module


def load_everything() -> None:
    """Import every module of Rapport, its migrations and, with them, what it uses of others."""
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(RAPPORT_HOME=home, DJANGO_SETTINGS_MODULE="rapport.settings")
        import django
        from django.db.migrations.loader import MigrationLoader

        import rapport

        django.setup()
        for module in pkgutil.walk_packages(rapport.__path__, "rapport."):
            import_module(module.name)
        import_module("django.core.management.commands.migrate")
        MigrationLoader(None)


if __name__ == "__main__":
    load_everything()
