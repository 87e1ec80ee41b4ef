"""What lists of organizations go by: the strongest and the latest tie with anybody who is at one now."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace

# Of places named, or of all. A place nobody of ours knows anybody at has no row.
_WORK_OUT = """
WITH now AS MATERIALIZED (
  SELECT a.organization_id, max(r.strength) AS strongest, max(r.last_at) AS last_at,
    (array_agg(r.id ORDER BY r.strength DESC, r.last_at DESC, r.id))[1] AS relationship
  FROM affiliation a JOIN relationship r ON r.person_id = a.person_id
  WHERE {places} a.until IS NULL AND r.strength IS NOT NULL AND r.last_at IS NOT NULL GROUP BY 1
), gone AS (
  DELETE FROM organization_ties a WHERE {places} a.organization_id NOT IN (SELECT organization_id FROM now)
)
INSERT INTO organization_ties AS t (workspace_id, id, organization_id, strongest, last_at, relationship_id)
SELECT %(workspace)s, gen_random_uuid(), organization_id, strongest, last_at, relationship FROM now
ON CONFLICT (workspace_id, organization_id) DO UPDATE
SET strongest = excluded.strongest, last_at = excluded.last_at, relationship_id = excluded.relationship_id
WHERE (t.strongest, t.last_at, t.relationship_id)
  IS DISTINCT FROM (excluded.strongest, excluded.last_at, excluded.relationship_id)
"""
_NAMED = "a.organization_id = ANY(%(places)s) AND"


def settle_ties_of(people: Collection[UUID]) -> None:
    """Work out anew the order of organizations these people are or were at."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT organization_id FROM affiliation WHERE person_id = ANY(%s)", [list(people)])
        places = [row[0] for row in cursor.fetchall()]
        if places:
            cursor.execute(_WORK_OUT.format(places=_NAMED), {"workspace": current_workspace(), "places": places})


def settle_all_ties() -> None:
    """Work out anew the order of all organizations: people moved, or organizations were joined."""
    with connection.cursor() as cursor:
        cursor.execute(_WORK_OUT.format(places=""), {"workspace": current_workspace()})
