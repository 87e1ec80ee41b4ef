"""One moment of the database, held still while it is copied; others go on writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

Connection = psycopg.Connection[tuple[str, ...]]

# Nobody is signed in where a backup is restored, and no link that was sent opens a door there.
LEFT_OUT = ("django_session", "usersessions_usersession", "one_time_link", "sign_in_attempt")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Its name for pg_dump, and what it shows."""

    name: str
    postgres: str
    schema: tuple[str, ...]
    counts: dict[str, int]
    stored: tuple[str, ...]


@contextmanager
def held_still(backup_address: str) -> Iterator[Snapshot]:
    """A snapshot, valid within this block. Needs the role that reads past row-level security."""
    with psycopg.connect(backup_address, autocommit=True) as connection:
        connection.execute("SET idle_in_transaction_session_timeout = 0")  # the copying takes as long as it takes
        connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield Snapshot(
            name=_one(connection, "SELECT pg_export_snapshot()"),
            postgres=_one(connection, "SHOW server_version"),
            schema=schema_of(connection),
            counts={table: count_of(connection, table) for table in tables_of(connection)},
            stored=stored_of(connection),
        )


def tables_of(connection: Connection) -> list[str]:
    """The tables whose rows are kept."""
    rows = connection.execute("SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1").fetchall()
    return [name for (name,) in rows if name not in LEFT_OUT]


def count_of(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    row = connection.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))).fetchone()
    return int(row[0]) if row else 0


def schema_of(connection: Connection) -> tuple[str, ...]:
    """The migrations that have run, as app.name; none in an empty database."""
    if not _one(connection, "SELECT coalesce(to_regclass('public.django_migrations')::text, '')"):
        return ()
    return tuple(
        name for (name,) in connection.execute("SELECT app || '.' || name FROM django_migrations ORDER BY 1").fetchall()
    )


def stored_of(connection: Connection) -> tuple[str, ...]:
    """The names of all files in the store that rows name, whatever table they are in."""
    tables = connection.execute(
        "SELECT table_name::text FROM information_schema.columns "
        "WHERE table_schema = 'public' AND column_name = 'stored_as' ORDER BY 1"
    ).fetchall()
    if not tables:
        return ()
    each = [
        sql.SQL("SELECT stored_as FROM {} WHERE stored_as <> ''").format(sql.Identifier(table)) for (table,) in tables
    ]
    return tuple(name for (name,) in connection.execute(sql.SQL(" UNION ").join(each) + sql.SQL(" ORDER BY 1")))


def _one(connection: Connection, query: str) -> str:
    row = connection.execute(query.encode()).fetchone()
    return row[0] if row else ""
