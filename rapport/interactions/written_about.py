"""Whom somebody wrote about or changed by hand: they stay who they are when the import that brought them is taken back.

Under a guess from their address, and without what else reaches them, the next import would not find them: it would make
them anew, beside those whose talks were logged.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import ask

# Of a person p. A logged talk leaves no other trace on them; whom it was with is in it without an address.
BY_HANDS = """(p.touched_by_hand OR EXISTS (
  SELECT 1 FROM participant w JOIN interaction l ON l.id = w.interaction_id
  WHERE w.person_id = p.id AND w.address = '' AND l.by_hand))"""
# Who signs in is who they say they are: an import that is gone has nothing to add to that.
_SIGNS_IN = "EXISTS (SELECT 1 FROM membership m WHERE m.workspace_id = p.workspace_id AND m.person_id = p.id)"
# By this import, or by one undone before, which kept them; also those they were joined with since.
_KEPT = f"""
WITH RECURSIVE brought AS (
  SELECT p.id, p.merged_into_id FROM person p
  WHERE p.import_id IN (SELECT r.id FROM import r WHERE r.id = %(run)s OR r.state = 'undone')
  UNION SELECT p.id, p.merged_into_id FROM brought b JOIN person p ON p.id = b.merged_into_id)
SELECT p.id FROM brought b JOIN person p ON p.id = b.id
WHERE p.id = ANY(%(people)s) AND {BY_HANDS} AND NOT {_SIGNS_IN}
"""  # noqa: S608 - only what is ours is put in
_RESTS_ON = f"SELECT EXISTS (SELECT 1 FROM person p WHERE p.import_id = %s AND {BY_HANDS} AND NOT {_SIGNS_IN})"  # noqa: S608 - only what is ours is put in


def kept_whole(import_id: UUID, people: Collection[UUID]) -> list[UUID]:
    """Of these people, who keeps name, addresses, birthday and places when this import is taken back."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, {"run": import_id, "people": list(people)})
        return [row[0] for row in cursor.fetchall()]


def anything_rests_on(import_id: UUID) -> bool:
    """Whether anything was written by hand about somebody this import brought."""
    return bool(ask(_RESTS_ON, [import_id])[0][0])
