"""Django on the database of this house, and its schema brought up to the code."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, database_of
from rapport.kit.postgres.addresses import BACKUP, SUPERUSER, as_role
from rapport.kit.postgres.planning import tell_of_workspaces
from rapport.kit.supervision.supervisor import MARK


def environment_of(addresses: Addresses) -> dict[str, str]:
    """How our own processes are told where the database is."""
    return {"RAPPORT_APP_DSN": addresses.app, "RAPPORT_OWNER_DSN": addresses.owner}


@contextmanager
def opened(house: House) -> Iterator[Addresses]:
    """Django, set up on this house's database, for a command that runs by itself.

    A server that runs is joined; else one is started for the length of the block.
    """
    if is_ours(house):
        yield _told(house)
        _close()
        return
    with database_of(house).running() as addresses:
        set_up_django(addresses)
        yield addresses
        _close()


def is_ours(house: House) -> bool:
    """Whether this process is one that the supervisor of this house started: it holds database and schema ready."""
    return os.environ.get(MARK) == house.identity


def _told(house: House) -> Addresses:
    app = os.environ["RAPPORT_APP_DSN"]
    backup, superuser = (as_role(app, role, house.secret(role)) for role in (BACKUP, SUPERUSER))
    given = os.environ.get("DATABASE_URL")
    return Addresses(owner=os.environ["RAPPORT_OWNER_DSN"], app=app, backup=backup, superuser=given or superuser)


def set_up_django(addresses: Addresses | None = None) -> None:
    """Point this process at the database, or at none. Settings are read once: this comes before any model."""
    if addresses:
        os.environ.update(environment_of(addresses))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    import django

    django.setup()


def migrate() -> bool:
    """Bring the schema up to the code, as the owner; whether there was anything to do. Safe to stop and run again."""
    from django.core.management import call_command
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    owner: Any = connections["owner"]
    executor = MigrationExecutor(owner)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        _tell_planner(owner)  # a restored database does not know it any more
        owner.close()
        return False
    # Two processes that begin at once: the second waits here and then finds nothing to do.
    with owner.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5min'; SELECT pg_advisory_lock(727061)")
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    _tell_planner(owner)
    owner.close()
    return True


def _tell_planner(owner: Any) -> None:
    with owner.cursor() as cursor:
        tell_of_workspaces(cursor, owner.pg_version)


def _close() -> None:
    from django.db import connections

    connections.close_all()
