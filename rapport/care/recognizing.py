"""Whom the names in a sentence may mean: those one knows first, then everybody whose name begins alike."""

from __future__ import annotations

from django.db import connection

from rapport.accounts.access import Viewer
from rapport.interactions.saying import Candidate, Settled, Understood, settle
from rapport.kit.text import fold

MOST_KNOWN = 2000
MOST_ELSEWHERE = 20  # for each word of a name

_CANDIDATES = """
WITH known AS (
  SELECT person_id, strength FROM relationship WHERE home_person_id = %(home)s
  ORDER BY strength DESC NULLS LAST LIMIT %(known)s
), elsewhere AS (
  SELECT DISTINCT found.person_id, NULL::smallint AS strength
  FROM unnest(%(words)s::text[]) AS said(word), LATERAL guess_people(said.word, %(elsewhere)s) AS found
), either AS (
  SELECT person_id, max(strength) AS strength FROM (TABLE known UNION ALL TABLE elsewhere) AS each GROUP BY person_id
)
SELECT p.id, p.name, coalesce((
    SELECT o.name FROM affiliation a JOIN organization o ON o.id = a.organization_id
    WHERE a.person_id = p.id AND a.until IS NULL ORDER BY a.last_seen DESC NULLS LAST LIMIT 1), ''),
  coalesce(either.strength, 0)
FROM either JOIN person p ON p.id = either.person_id
WHERE p.merged_into_id IS NULL AND p.id <> %(home)s
"""


def recognize(understood: Understood, viewer: Viewer) -> Settled:
    """A sentence with its people found, in one query; where several fit or nobody does, it says so."""
    return settle(understood, candidates(understood, viewer)) if understood.names else Settled(understood, ())


def candidates(understood: Understood, viewer: Viewer) -> list[Candidate]:
    """Everybody a name may mean: whom the viewer knows best, and, unless they are a guest, others named alike."""
    words = [word for guess in understood.names for word in fold(guess.words).split() if len(word) > 2]
    with connection.cursor() as cursor:
        cursor.execute(
            _CANDIDATES,
            {
                "home": viewer.person_id,
                "known": MOST_KNOWN,
                "words": [] if viewer.is_guest else words,
                "elsewhere": MOST_ELSEWHERE,
            },
        )
        return [Candidate(*row) for row in cursor.fetchall()]
