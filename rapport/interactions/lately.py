"""What happened lately between us and several people, newest first: a few steps along the timeline of each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.accounts.access import Viewer

from .entries import Entry, entries_of

MOST_PEOPLE = 200

_LATEST = """
SELECT interaction_id, max(at) AS at FROM unnest(%(people)s::uuid[]) AS who(id) CROSS JOIN LATERAL (
  SELECT p.interaction_id, p.at FROM participant p
  WHERE p.person_id = who.id AND p.at <= %(now)s AND p.part <> 'bcc'
    AND (NOT %(own)s OR EXISTS (
      SELECT 1 FROM participant v WHERE v.interaction_id = p.interaction_id AND v.person_id = %(viewer)s))
  ORDER BY p.at DESC, p.interaction_id DESC LIMIT %(most)s
) AS theirs GROUP BY 1 ORDER BY 2 DESC, 1 DESC LIMIT %(most)s
"""


def lately_with(viewer: Viewer, people: Sequence[UUID], now: datetime, limit: int = 12) -> tuple[Entry, ...]:
    """The latest with any of these people, at most 200 of them; of what is private only that it was."""
    if not people:
        return ()
    given: dict[str, Any] = {
        "people": list(people[:MOST_PEOPLE]), "now": now, "most": limit, "own": viewer.is_guest,
        "viewer": viewer.person_id,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_LATEST, given)
        found = [row[0] for row in cursor.fetchall()]
    return entries_of(viewer, found)
