"""The database of this house: embedded by default, an ordinary server where DATABASE_URL names one; migrated here."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, EmbeddedServer, prepare_server


class GivenServer:
    """A server others look after: it is prepared once and watched by asking."""

    def __init__(self, house: House, url: str) -> None:
        self._house, self._url = house, url
        self._addresses: Addresses | None = None

    def start(self) -> Addresses:
        """Make sure that it answers and has our roles."""
        self._addresses = prepare_server(self._url, self._house)
        return self._addresses

    def is_running(self) -> bool:
        """Whether it takes connections now."""
        try:
            psycopg.connect(self._addresses.app if self._addresses else self._url, connect_timeout=3).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self) -> None:
        """Not ours to stop."""


def database_of(house: House) -> EmbeddedServer | GivenServer:
    """The database this house uses."""
    url = os.environ.get("DATABASE_URL", "")
    return GivenServer(house, url) if url else EmbeddedServer(house)


def environment_of(addresses: Addresses) -> dict[str, str]:
    """How our own processes are told where the database is."""
    return {"RAPPORT_APP_DSN": addresses.app, "RAPPORT_OWNER_DSN": addresses.owner}


@contextmanager
def opened(house: House) -> Iterator[Addresses]:
    """Django, set up on this house's database, for a command that runs by itself.

    A server that runs is joined; else one is started for the length of the block.
    """
    database = database_of(house)
    if isinstance(database, EmbeddedServer):
        with database.running() as addresses:
            set_up_django(addresses)
            yield addresses
            _close()
    else:
        addresses = database.start()
        set_up_django(addresses)
        yield addresses
        _close()


def set_up_django(addresses: Addresses) -> None:
    """Point this process at the database. Settings are read once, so this comes before any model is imported."""
    os.environ.update(environment_of(addresses))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    import django

    django.setup()


def migrate() -> bool:
    """Bring the schema up to the code, as the owner; whether there was anything to do. Safe to stop and run again."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner = connections["owner"]
    executor = MigrationExecutor(owner)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        owner.close()
        return False
    # Two processes that begin at once: the second waits here and then finds nothing to do.
    with owner.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5min'; SELECT pg_advisory_lock(727061)")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    owner.close()
    return True


def _close() -> None:
    from django.db import connections

    connections.close_all()
