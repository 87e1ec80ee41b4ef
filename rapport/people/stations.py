"""Where somebody is now, of all the places they have been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from rapport.accounts.rows import ask


@dataclass(frozen=True, slots=True)
class Station:
    """Somebody at an organization, from when until when as far as we know."""

    id: UUID
    organization_id: UUID
    organization: str
    title: str
    since: date | None
    until: date | None
    is_home: bool


# Of affiliations `a`: where somebody is before where they were, the latest sign of them first.
NEWEST_FIRST = (
    "a.until DESC NULLS FIRST, greatest(a.last_seen, a.said_at) DESC NULLS LAST, a.since DESC NULLS LAST, a.id"
)
_PRESENT = f"""
SELECT DISTINCT ON (a.person_id) a.person_id, a.id, a.organization_id, o.name, a.title, a.since, a.until, o.is_home
FROM affiliation a JOIN organization o ON o.id = a.organization_id
WHERE a.person_id = ANY(%s::uuid[]) AND a.until IS NULL ORDER BY a.person_id, {NEWEST_FIRST}
"""  # noqa: S608 - only what is ours is put in


def present_stations(people: Collection[UUID]) -> dict[UUID, Station]:
    """Where each of these people is now, in one query: where we saw a sign of them last, and they have not left."""
    return {person_id: Station(*told) for person_id, *told in ask(_PRESENT, [list(people)])}
