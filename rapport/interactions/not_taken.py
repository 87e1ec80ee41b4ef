"""What an import did not take, in words of its files: what it left out and where, and what it could read in part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.channels.sightings import UNKNOWN_COLUMNS
from rapport.channels.wording import READ_IN_PART
from rapport.people.visible import visible_to

from .import_progress import import_of

MOST_NAMED = 5  # files of which something was left out, kinds of fields, and whose they are
_LEFT_OUT = """
SELECT r.rule, array_agg(DISTINCT x.name) FROM unnest(%(rules)s::text[]) AS r(rule), LATERAL (
  SELECT DISTINCT coalesce(nullif(i.name, ''), f.name) AS name
  FROM (
    SELECT file_id, name FROM import_item
    WHERE import_id = %(run)s AND outcome = 'skipped' AND reason = r.rule LIMIT 500
  ) AS i JOIN import_file f ON f.id = i.file_id ORDER BY 1 LIMIT %(most)s
) AS x GROUP BY r.rule
"""
_READ_IN_PART = """
SELECT reason, detail, (array_agg(DISTINCT person_id))[:%(most)s]
FROM unnest(%(reasons)s::text[]) AS r(reason), LATERAL (
  SELECT detail, person_id FROM import_item
  WHERE import_id = %(run)s AND outcome IN ('stored', 'already') AND import_item.reason = r.reason LIMIT 500
) AS i GROUP BY reason, detail ORDER BY count(*) DESC, detail, reason LIMIT %(most)s
"""
_UNKNOWN_COLUMNS = """
SELECT coalesce(nullif(i.name, ''), f.name), i.detail FROM import_item i JOIN import_file f ON f.id = i.file_id
WHERE i.import_id = %(run)s AND i.outcome = 'skipped' AND i.reason = %(rule)s
ORDER BY f.ordinal, i.ordinal LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class InPart:
    """Fields that could not be read together on cards or rows, why, and some of whom these were about."""

    reason: str
    fields: str
    people: tuple[tuple[UUID, str], ...]


@dataclass(frozen=True, slots=True)
class UnknownColumns:
    """A table, and its columns that hold something nobody knows what to do with, as they are called there."""

    file: str
    columns: str


def files_left_out(viewer: Viewer, import_id: UUID, rules: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By rule some of the files in which something was left out by it, in one query; by how they are called within a
    folder or an archive.
    """
    import_of(viewer, import_id)
    found = ask(_LEFT_OUT, {"run": import_id, "rules": list(rules), "most": MOST_NAMED}) if rules else []
    return {rule: tuple(names) for rule, names in found}


def read_in_part(viewer: Viewer, import_id: UUID) -> tuple[InPart, ...]:
    """Some of what could not be read on cards and rows that were taken in, the most frequent first."""
    import_of(viewer, import_id)
    found = ask(_READ_IN_PART, {"run": import_id, "reasons": list(READ_IN_PART), "most": MOST_NAMED})
    named = visible_to(viewer).filter(id__in={person for *_, people in found for person in people if person})
    names = dict(named.values_list("id", "name"))
    return tuple(
        InPart(reason, fields, tuple((person, names[person]) for person in people if person in names))
        for reason, fields, people in found
    )


def unknown_columns(viewer: Viewer, import_id: UUID) -> tuple[UnknownColumns, ...]:
    """The columns of some of its tables that nobody knew what to do with."""
    import_of(viewer, import_id)
    found = ask(_UNKNOWN_COLUMNS, {"run": import_id, "rule": UNKNOWN_COLUMNS, "most": MOST_NAMED})
    return tuple(UnknownColumns(file, columns) for file, columns in found)
