"""Whom the names in a sentence may mean: those one knows first, then everybody whose name begins alike."""

from __future__ import annotations

from uuid import UUID

from django.db import connection

from rapport.interactions.saying import Candidate, Settled, Understood, settle
from rapport.kit.text import fold

MOST_KNOWN = 2000
MOST_ELSEWHERE = 50

_CANDIDATES = """
WITH known AS (
  SELECT person_id, strength FROM relationship WHERE home_person_id = %(home)s
  ORDER BY strength DESC NULLS LAST LIMIT %(known)s
), elsewhere AS (
  SELECT id AS person_id, NULL::smallint AS strength FROM person
  WHERE merged_into_id IS NULL
    AND string_to_array(translate(sort_name, '.,-', '   '), ' ') && %(words)s::text[] LIMIT %(elsewhere)s
), either AS (
  SELECT person_id, max(strength) AS strength FROM (TABLE known UNION ALL TABLE elsewhere) AS both GROUP BY person_id
)
SELECT p.id, p.name, coalesce((
    SELECT o.name FROM affiliation a JOIN organization o ON o.id = a.organization_id
    WHERE a.person_id = p.id AND a.until IS NULL ORDER BY a.last_seen DESC NULLS LAST LIMIT 1), ''),
  coalesce(either.strength, 0)
FROM either JOIN person p ON p.id = either.person_id
WHERE p.merged_into_id IS NULL AND p.id <> %(home)s
"""


def recognize(understood: Understood, home_person_id: UUID) -> Settled:
    """A sentence with its people found, in one query; where several fit or nobody does, it says so."""
    return settle(understood, candidates(understood, home_person_id)) if understood.names else Settled(understood, ())


def candidates(understood: Understood, home_person_id: UUID) -> list[Candidate]:
    """Everybody a name may mean: whom this home person knows best, and others with a word of it in their name."""
    said = " ".join([*(guess.words for guess in understood.names), understood.note[:200]])
    words = [word for piece in fold(said).split() if len(word := piece.strip(".,;:!?()")) > 1]
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES, {"home": home_person_id, "known": MOST_KNOWN, "words": words, "elsewhere": MOST_ELSEWHERE}
        )
        return [Candidate(*row) for row in cursor.fetchall()]
