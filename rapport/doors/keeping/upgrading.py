"""An upgrade: a backup of what is there, then the schema brought forward. There is no other way back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import psycopg
from django.utils.translation import gettext as _

from rapport.channels.files import path_of, room_left
from rapport.doors.running.migrating import migrate, steps_ahead
from rapport.kit import clock
from rapport.kit.failpoints import failpoint
from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.trouble import Trouble

from .backing_up import back_up, last_backup
from .sealing import Damaged
from .snapshot import count_of, schema_of, stored_of, tables_of
from .verifying import verify

FOLDER = "backups"
FRESH = timedelta(hours=1)  # a backup somebody made just before the upgrade will do
HELD_BACK = 500_000_000  # bytes of the disk that stay free: the database stops when it is full


def bring_forward(house: House, addresses: Addresses, say: Callable[[str], None]) -> bool:
    """Bring the schema up to the code; whether there was anything to do.

    A home somebody lives in is backed up before, into its folder `backups`. Trouble where there is no room for that:
    then nothing was changed. Django must lead to this database.
    """
    if not steps_ahead():
        return False
    if _is_lived_in(addresses) and not _has_fresh_backup(house, addresses):
        _back_up(house, addresses, say)
    failpoint("upgrade.after_backup")
    return migrate()


def _is_lived_in(addresses: Addresses) -> bool:
    with psycopg.connect(addresses.backup) as connection:
        there = set(tables_of(connection)) & {"workspace", "user"}
        return any(count_of(connection, table) for table in there)


def _has_fresh_backup(house: House, addresses: Addresses) -> bool:
    """Whether the last backup is of this schema, made just now, and still there."""
    last = last_backup(house)
    if last is None or not Path(last.path).is_file():
        return False
    if datetime.fromisoformat(last.made_at) < clock.now() - FRESH:
        return False
    try:
        manifest = verify(Path(last.path))
    except Damaged:
        return False
    with psycopg.connect(addresses.backup) as connection:
        return manifest.schema == schema_of(connection)


def _back_up(house: House, addresses: Addresses, say: Callable[[str], None]) -> None:
    folder = house.path / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    needed, free = _needed(house, addresses), room_left(folder)
    if free < needed + HELD_BACK:
        raise Trouble(
            _(
                "This Rapport changes the database, and there is no room for the backup that is made before "
                "(%(needed)s GB are needed, %(free)s GB free in %(folder)s). Free some space, or make a backup "
                "elsewhere (rapport backup /another/disk/) and start again within the hour. Nothing was changed."
            )
            % {"needed": _gigabytes(needed + HELD_BACK), "free": _gigabytes(free), "folder": folder},
            code="no-room-for-backup",
        )
    say(_("This Rapport changes the database. A backup is made first:"))
    back_up(house, addresses, folder, say)


def _needed(house: House, addresses: Addresses) -> int:
    """At most how many bytes a backup takes while it is made: the dump lies beside it until it is in it."""
    with psycopg.connect(addresses.backup) as connection:
        row = connection.execute("SELECT pg_database_size(current_database())").fetchone()
        places = (path_of(house.files_folder, name) for name in stored_of(connection))
        stored = sum(place.stat().st_size for place in places if place.exists())
    return 2 * int(row[0] if row else 0) + stored


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:.1f}"
