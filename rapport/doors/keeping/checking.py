"""`rapport check`: whether what must always be true is true. It reads only, and may run beside everything else."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg

from rapport.kit.house import House
from rapport.kit.postgres import Addresses
from rapport.kit.supervision import find_supervisor

from .checks.bytes import check_bytes
from .checks.references import check_references
from .checks.relationships import check_relationships
from .checks.rows import check_leases, check_rows
from .checks.schema import check_schema, is_usable
from .checks.turns import check_mail_under_way, check_turns
from .findings import Finding


def check(house: House, addresses: Addresses) -> list[Finding]:
    """All findings, none where all is well. Django must lead to this database."""
    return list(_look(house, addresses))


def _look(house: House, addresses: Addresses) -> Iterator[Finding]:
    with psycopg.connect(addresses.backup, autocommit=True) as connection:
        # One moment for all questions: what others write meanwhile must not look like a contradiction.
        connection.execute("SET idle_in_transaction_session_timeout = 0")
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield from check_schema(connection)
        if not is_usable(connection):
            return
        yield from check_rows(connection)
        yield from check_references(connection)
        yield from check_turns(connection)
        if find_supervisor(house) is not None:
            yield from check_leases(connection)
            yield from check_mail_under_way(connection)
        yield from check_bytes(connection, house.files_folder)
    yield from check_relationships()
