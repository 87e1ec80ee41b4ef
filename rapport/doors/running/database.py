"""Django on the database of this house."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from rapport.kit.house import House
from rapport.kit.postgres import Addresses, database_of
from rapport.kit.postgres.addresses import BACKUP, SUPERUSER, as_role
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
    """Point this process at the database, or at none. This comes before any model, and again where it has moved."""
    if addresses:
        os.environ.update(environment_of(addresses))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rapport.settings")
    import django

    django.setup()
    if addresses:
        _follow(addresses)


def _follow(addresses: Addresses) -> None:
    """Settings are read once: a database that came back on another port would never be found again."""
    from django.db import connections

    for alias, address in (("default", addresses.app), ("owner", addresses.owner)):
        url, settings = urlsplit(address), connections[alias].settings_dict
        there = {"HOST": url.hostname or "", "PORT": str(url.port or "")}
        if any(settings[name] != value for name, value in there.items()):
            connections[alias].close()
            settings.update(there)


def _close() -> None:
    from django.db import connections

    connections.close_all()
