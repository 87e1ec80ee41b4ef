"""What an import did not take, in words of its files: what it left out and where, and what it could read in part."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask
from rapport.channels.wording import IN_PART
from rapport.people.visible import visible_to

from .imports import import_of

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
SELECT detail, (array_agg(DISTINCT person_id))[:%(most)s] FROM (
  SELECT detail, person_id FROM import_item
  WHERE import_id = %(run)s AND outcome IN ('stored', 'already') AND reason = %(reason)s LIMIT 500
) AS i GROUP BY detail ORDER BY count(*) DESC, detail LIMIT %(most)s
"""


@dataclass(frozen=True, slots=True)
class InPart:
    """Fields that could not be read together on cards or rows, and some of whom these were about."""

    fields: str
    people: tuple[tuple[UUID, str], ...]


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
    found = ask(_READ_IN_PART, {"run": import_id, "reason": IN_PART, "most": MOST_NAMED})
    named = visible_to(viewer).filter(id__in={person for _, people in found for person in people if person})
    names = dict(named.values_list("id", "name"))
    return tuple(
        InPart(fields, tuple((person, names[person]) for person in people if person in names))
        for fields, people in found
    )
