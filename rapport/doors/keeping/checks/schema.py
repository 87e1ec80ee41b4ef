"""The schema: as the code expects it, every index usable, every tenant's rows behind their wall."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from rapport.accounts.global_tables import GLOBAL_TABLES

from ..findings import Finding, finding
from ..snapshot import Connection, schema_of

_INVALID = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"
_UNCHECKED = "SELECT conname::text FROM pg_constraint WHERE NOT convalidated"
_OPEN = """
SELECT c.relname::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL(%s)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid))
"""


def expected_schema() -> set[str]:
    """The migrations this code consists of, as app.name."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}


def is_usable(connection: Connection) -> bool:
    """Whether the schema is the code's, so that rows can be looked at."""
    return set(schema_of(connection)) == expected_schema()


def check_schema(connection: Connection) -> Iterator[Finding]:
    """What is wrong with the schema."""
    ran, expected = set(schema_of(connection)), expected_schema()
    yield from finding(
        "schema-behind",
        _("The database is behind this Rapport. Start it once (rapport up): that brings it forward."),
        sorted(expected - ran),
    )
    yield from finding(
        "schema-ahead",
        _("The database was brought forward by a later Rapport. Use that version."),
        sorted(ran - expected),
    )
    yield from finding(
        "index-invalid",
        _("An index was left half made, and the database does not use it. Say REINDEX INDEX for each."),
        [name for (name,) in connection.execute(_INVALID)],
    )
    yield from finding(
        "constraint-unchecked",
        _("A rule of the database was never checked against the rows. Say ALTER TABLE … VALIDATE CONSTRAINT for each."),
        [name for (name,) in connection.execute(_UNCHECKED)],
    )
    yield from finding(
        "table-open",
        _("A table with people's rows is not behind the wall between workspaces. Restore the last backup."),
        [name for (name,) in connection.execute(_OPEN, [list(GLOBAL_TABLES)])],
    )
