"""Rows that must agree with each other: nothing doubled, nothing pointing astray, counts that add up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from psycopg import sql

from rapport.interactions.counting import COUNTED
from rapport.interactions.importing import LEASE
from rapport.interactions.words import SAID

from ..findings import Finding, finding
from ..snapshot import Connection

# Each question answers with the ids of rows that contradict the sentence.
QUESTIONS: dict[str, tuple[str, str]] = {
    "interaction-twice": (
        gettext_noop("An interaction is here twice."),
        "SELECT min(id::text) FROM interaction GROUP BY workspace_id, origin HAVING count(*) > 1",
    ),
    "address-twice": (
        gettext_noop("An address leads to two people."),
        "SELECT min(id::text) FROM handle GROUP BY workspace_id, kind, value,"
        " CASE WHEN kind = 'phone' THEN person_id END HAVING count(*) > 1",
    ),
    "left-behind-by-merge": (
        gettext_noop("Something still belongs to a person who was merged into another."),
        "SELECT h.id::text FROM handle h JOIN person p USING (workspace_id) "
        "WHERE p.id = h.person_id AND p.merged_into_id IS NOT NULL UNION ALL "
        "SELECT a.id::text FROM participant a JOIN person p USING (workspace_id) "
        "WHERE p.id = a.person_id AND p.merged_into_id IS NOT NULL UNION ALL "
        "SELECT r.id::text FROM relationship r JOIN person p USING (workspace_id) "
        "WHERE p.id IN (r.person_id, r.home_person_id) AND p.merged_into_id IS NOT NULL",
    ),
    "merge-in-part": (
        gettext_noop("Two people were made one and still are two, or the other way round. Take them apart, or merge."),
        "SELECT m.id::text FROM merge m JOIN person g ON g.workspace_id = m.workspace_id AND g.id = m.gone_id "
        "WHERE m.undone_at IS NULL AND g.merged_into_id IS NULL UNION ALL "
        "SELECT p.id::text FROM person p WHERE p.merged_into_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM merge m "
        "WHERE m.workspace_id = p.workspace_id AND m.gone_id = p.id AND m.undone_at IS NULL)",
    ),
    "merged-in-a-circle": (
        gettext_noop("People were merged into each other in a circle."),
        "WITH RECURSIVE led AS ("
        " SELECT workspace_id, id AS began, merged_into_id AS at, 1 AS steps FROM person"
        " WHERE merged_into_id IS NOT NULL"
        " UNION ALL SELECT l.workspace_id, l.began, p.merged_into_id, steps + 1 FROM led l"
        " JOIN person p ON p.workspace_id = l.workspace_id AND p.id = l.at"
        " WHERE p.merged_into_id IS NOT NULL AND steps < 100) "
        "SELECT DISTINCT began::text FROM led WHERE at = began",
    ),
    "time-differs": (
        gettext_noop("A part in an interaction has another time than the interaction."),
        "SELECT a.id::text FROM participant a JOIN interaction i USING (workspace_id) "
        "WHERE i.id = a.interaction_id AND a.at <> i.at",
    ),
    "mail-without-words": (
        gettext_noop("A mail that was read in has lost its words."),
        "SELECT i.id::text FROM interaction i WHERE i.kind = 'mail' AND i.source_id IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM message m WHERE m.workspace_id = i.workspace_id AND m.interaction_id = i.id)",
    ),
    "not-found-by-its-words": (
        gettext_noop("Something is not found by the words it has, or is found by others."),
        "SELECT i.id::text FROM interaction i"  # noqa: S608 (a constant is put in)
        " LEFT JOIN message m ON m.workspace_id = i.workspace_id AND m.interaction_id = i.id"
        " LEFT JOIN words w ON w.workspace_id = i.workspace_id AND w.interaction_id = i.id "
        "WHERE w.id IS NULL OR w.at <> i.at OR w.words <> " + SAID,
    ),
    "import-incomplete": (
        gettext_noop("A file was read further than its items say: something it held is not accounted for."),
        "SELECT f.id::text FROM import_file f JOIN import r ON r.workspace_id = f.workspace_id AND r.id = f.import_id "
        "LEFT JOIN import_item i ON i.workspace_id = f.workspace_id AND i.file_id = f.id WHERE r.state <> 'undone' "
        "GROUP BY f.workspace_id, f.id, f.position "
        "HAVING count(DISTINCT i.ordinal) <> f.position OR coalesce(max(i.ordinal), -1) <> f.position - 1",
    ),
    "import-miscounted": (
        gettext_noop("A file of an import says other numbers than its items."),
        "SELECT f.id::text FROM import_file f WHERE f.counts <> " + COUNTED,  # noqa: S608 (a constant)
    ),
    "item-lost": (
        gettext_noop("An item says that it was stored, but what it became is not here and was not taken back."),
        "SELECT i.id::text FROM import_item i JOIN import r ON r.workspace_id = i.workspace_id AND r.id = i.import_id "
        "WHERE r.state <> 'undone' AND i.outcome = 'stored' AND i.interaction_id IS NOT NULL AND NOT EXISTS ("
        "SELECT 1 FROM interaction x WHERE x.workspace_id = i.workspace_id AND x.id = i.interaction_id)",
    ),
}

# A column that leads to a global row of a workspace (a membership) is not held to its own by the database.
_LEADING_OUT = """
SELECT c.conrelid::regclass::text, a.attname::text FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
WHERE c.contype = 'f' AND c.confrelid = 'membership'::regclass AND cardinality(c.conkey) = 1
  AND EXISTS (SELECT 1 FROM pg_attribute w WHERE w.attrelid = c.conrelid AND w.attname = 'workspace_id')
"""


def check_rows(connection: Connection) -> Iterator[Finding]:
    """Rows that contradict each other."""
    for kind, (sentence, query) in QUESTIONS.items():
        yield from finding(kind, _(sentence), _ids(connection, query.encode()))
    for table, column in connection.execute(_LEADING_OUT).fetchall():
        query_out = sql.SQL(
            "SELECT t.{column}::text FROM {table} t JOIN membership m ON m.id = t.{column} "
            "WHERE m.workspace_id <> t.workspace_id"
        ).format(table=sql.Identifier(table), column=sql.Identifier(column))
        yield from finding(
            "leads-out-of-workspace",
            _("A row belongs to a member of another workspace (%(table)s).") % {"table": table},
            _ids(connection, query_out),
        )


def check_leases(connection: Connection) -> Iterator[Finding]:
    """Imports whose reader died and that nobody took up again, though Rapport runs."""
    stale = sql.SQL(
        "SELECT id::text FROM import WHERE state IN ('reading', 'judging') AND lease_until < clock_timestamp() - {}"
    ).format(sql.Literal(timedelta(seconds=2 * LEASE)))
    yield from finding(
        "import-abandoned",
        _("An import stands still though Rapport runs. Stop it and start it again (rapport down, rapport up)."),
        _ids(connection, stale),
    )


def _ids(connection: Connection, query: sql.Composed | bytes) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]
