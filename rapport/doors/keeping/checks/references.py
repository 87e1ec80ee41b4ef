"""References: every row that points at another finds it, and the database itself watches over each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.utils.translation import gettext as _
from psycopg import sql

from rapport.accounts.rows import RowKey

from ..findings import Finding, finding
from ..snapshot import Connection

_KEYS = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
  array(SELECT a.attname::text FROM unnest(c.conkey) WITH ORDINALITY k(n, i)
        JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n ORDER BY k.i),
  array(SELECT a.attname::text FROM unnest(c.confkey) WITH ORDINALITY k(n, i)
        JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n ORDER BY k.i)
FROM pg_constraint c WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace ORDER BY 1, 3
"""
# References that no foreign key watches over, because what they lead to may go before them or lies in a global table.
_UNWATCHED = (
    ("membership", "person", ("workspace_id", "person_id"), ("workspace_id", "id")),
    ("import_item", "person", ("workspace_id", "person_id"), ("workspace_id", "id")),
)


def check_references(connection: Connection) -> Iterator[Finding]:
    """Rows that lead nowhere, and references nobody watches over."""
    keys = [(str(t), str(o), tuple(c), tuple(r)) for t, o, c, r in connection.execute(_KEYS).fetchall()]
    for table, other, columns, referred in (*keys, *_UNWATCHED):
        yield from finding(
            "leads-nowhere",
            _("A row of “%(table)s” leads to one of “%(other)s” that is not here. Restore the last backup.")
            % {"table": table.strip('"'), "other": other.strip('"')},
            _astray(connection, table, other, columns, referred),
        )
    watched = {
        (table.strip('"'), column)
        for table, _other, columns, _referred in keys
        for column in columns
        if "workspace_id" in columns and column != "workspace_id"
    }
    yield from finding(
        "reference-unwatched",
        _("The database does not watch over a reference any more. Restore the last backup."),
        sorted(f"{table}.{column}" for table, column in set(_expected()) - watched),
    )


def _expected() -> Iterator[tuple[str, str]]:
    for model in apps.get_app_config("rapport").get_models():
        for field in model._meta.local_fields:
            if isinstance(field, RowKey):
                yield model._meta.db_table, field.column


def _astray(
    connection: Connection, table: str, other: str, columns: Sequence[str], referred: Sequence[str]
) -> list[str]:
    """The values of those that are set and lead nowhere."""
    pairs = [
        sql.SQL("o.{} = t.{}").format(sql.Identifier(one), sql.Identifier(column))
        for column, one in zip(columns, referred, strict=True)
    ]
    query = sql.SQL("SELECT t.{}::text FROM {} t WHERE {} AND NOT EXISTS (SELECT 1 FROM {} o WHERE {})").format(
        sql.Identifier(columns[-1]),
        sql.Identifier(table.strip('"')),
        sql.SQL(" AND ").join(sql.SQL("t.{} IS NOT NULL").format(sql.Identifier(column)) for column in columns),
        sql.Identifier(other.strip('"')),
        sql.SQL(" AND ").join(pairs),
    )
    return [value for (value,) in connection.execute(query).fetchall()]
