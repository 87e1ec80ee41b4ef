"""The schema: as the code expects it, every index usable, every tenant's rows behind their wall."""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from rapport.accounts.global_tables import GLOBAL_TABLES
from rapport.kit.postgres.addresses import APP

from ..findings import Finding, finding
from ..snapshot import Connection, schema_of

_INVALID = "SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid OR NOT indisready"
_UNCHECKED = "SELECT conname::text FROM pg_constraint WHERE NOT convalidated"
_OPEN = """
SELECT c.relname::text FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> ALL(%s)
  AND NOT (c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid)
    AND NOT EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND NOT coalesce(
      pg_get_expr(p.polqual, p.polrelid) LIKE '%%rapport.workspace%%'
      AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%%rapport.workspace%%', false)))
"""
_MIGHTY = """
SELECT rolname::text FROM pg_roles WHERE rolname = %(app)s AND (rolsuper OR rolbypassrls)
UNION ALL SELECT c.relname::text FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND r.rolname = %(app)s
"""
_RULES = """
SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'i'
"""
SAFE = ("fsync", "full_page_writes", "synchronous_commit")  # off, what was acknowledged can be lost in a crash


def expected_schema() -> set[str]:
    """The migrations this code consists of, as app.name."""
    return {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or ()}


def is_usable(connection: Connection) -> bool:
    """Whether the schema is the code's, so that rows can be looked at."""
    return set(schema_of(connection)) == expected_schema()


def _rules() -> set[str]:
    """The constraints and indexes by which this code says that nothing is doubled, and finds quickly."""
    models = apps.get_app_config("rapport").get_models()
    return {one.name for model in models for one in (*model._meta.constraints, *model._meta.indexes)}


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
    yield from finding(
        "app-too-mighty",
        _("The role of the pages may pass the wall between workspaces. Say ALTER ROLE … NOSUPERUSER NOBYPASSRLS."),
        [name for (name,) in connection.execute(_MIGHTY, {"app": APP})],
    )
    if ran == expected:
        yield from finding(
            "rule-missing",
            _("A rule by which nothing is doubled, or an index, is gone. Restore the last backup."),
            sorted(_rules() - {name for (name,) in connection.execute(_RULES)}),
        )
    yield from finding(
        "commit-unsafe",
        _("The database may lose in a crash what it acknowledged. Switch on in its configuration:"),
        [name for name in SAFE if _said(connection, name) == "off"],
    )


def _said(connection: Connection, name: str) -> str:
    row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
    return row[0] if row else ""
