"""Which interactions are contact between a home person and another, and which way: one query, one definition.

The sender with each recipient, never two recipients with each other; at meetings and calls, all who were there. Where a
calendar has both among those invited, neither of the two began it: a third person called them together.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.db import connection

from .engine.values import Contact

EVER = datetime(1, 1, 1, tzinfo=UTC)
Pair = tuple[UUID, UUID]  # home person, other person

# Walked from the other person, whose history is short, to ours by the unique key. OFFSET 0 keeps the planner from
# reading a whole workspace once per row: of a new workspace it has no statistics and believes it to be empty.
_CONTACTS = """
SELECT pair.home, pair.other, i.at,
       mine.part IN ('from', 'organizer') OR (mine.part = 'attendee' AND theirs.part = 'attendee') AS by_us,
       i.kind, i.minutes, i.group_size, i.id,
       mine.part = 'attendee' AND theirs.part = 'attendee' AND NOT i.by_hand AS by_neither
FROM unnest(%s::uuid[], %s::uuid[]) AS pair(home, other)
CROSS JOIN LATERAL (
    SELECT t.interaction_id, t.part FROM participant t
    WHERE t.person_id = pair.other AND t.at >= %s AND t.response <> 'declined' OFFSET 0
) AS theirs
CROSS JOIN LATERAL (
    SELECT m.part FROM participant m
    WHERE m.interaction_id = theirs.interaction_id AND m.person_id = pair.home AND m.response <> 'declined'
      AND ((m.part = 'from') <> (theirs.part = 'from')
           OR (m.part IN ('organizer', 'attendee') AND theirs.part IN ('organizer', 'attendee'))) OFFSET 0
) AS mine
CROSS JOIN LATERAL (
    SELECT one.id, one.at, one.kind, one.minutes, one.group_size, one.by_hand FROM interaction one
    WHERE one.id = theirs.interaction_id AND one.is_contact AND one.at <= %s OFFSET 0
) AS i
ORDER BY i.at, i.id
"""


@dataclass(frozen=True, slots=True)
class PairContact:
    """A contact and whose it is."""

    pair: Pair
    contact: Contact


def contacts_of_pairs(pairs: Collection[Pair], until: datetime, since: datetime = EVER) -> list[PairContact]:
    """All contact of these pairs between two moments, oldest first."""
    if not pairs:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [[home for home, _ in pairs], [other for _, other in pairs], since, until])
        return [
            PairContact(
                (home, other),
                Contact(
                    at,
                    by_us,
                    kind,
                    ref=str(ref),
                    duration_minutes=minutes,
                    group_size=max(group_size, 2),
                    by_neither=by_neither,
                ),
            )
            for home, other, at, by_us, kind, minutes, group_size, ref, by_neither in cursor.fetchall()
        ]


def pairs_of(home_person_id: UUID, until: datetime) -> list[Pair]:
    """Everybody a home person shares an interaction with up to a moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT theirs.person_id FROM participant mine "
            "JOIN interaction i ON i.id = mine.interaction_id AND i.is_contact "
            "JOIN participant theirs ON theirs.interaction_id = mine.interaction_id AND theirs.person_id <> %s "
            "WHERE mine.person_id = %s AND mine.at <= %s",
            [home_person_id, home_person_id, until],
        )
        return [(home_person_id, row[0]) for row in cursor.fetchall()]
