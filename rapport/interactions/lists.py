"""Addresses that turn out to be mailing lists. A list is nobody, also where the mails that tell were read last."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from .changes import note_person_changes
from .limits import MOST_ADDRESSES

_TAKEN_FOR_PEOPLE = """
SELECT h.person_id, h.value FROM handle h JOIN person p ON p.id = h.person_id
WHERE h.kind = 'email' AND h.value = ANY(%s) AND h.origin = 'mail' AND NOT p.touched_by_hand
  AND NOT EXISTS (SELECT 1 FROM handle o WHERE o.person_id = p.id AND o.id <> h.id)
  AND NOT EXISTS (SELECT 1 FROM participant w WHERE w.person_id = p.id AND w.part IN ('from', 'organizer'))
  AND NOT EXISTS (SELECT 1 FROM merge m WHERE m.kept_id = p.id OR m.gone_id = p.id)
"""
_SENT_THROUGH = """
UPDATE interaction i SET group_size = i.group_size - 1,
  list_address = CASE WHEN i.list_address = '' THEN u.address ELSE i.list_address END,
  is_contact = i.automatic = '' AND NOT i.is_cancelled AND i.group_size - 1 <= %s
FROM unnest(%s::uuid[], %s::text[]) AS u(person, address) JOIN participant p ON p.person_id = u.person
WHERE i.id = p.interaction_id AND i.kind = 'mail' RETURNING i.id
"""
_LEFT_WITH_NOBODY = """
DELETE FROM organization o WHERE o.id = ANY(%s) AND NOT o.is_home AND NOT o.touched_by_hand
  AND NOT EXISTS (SELECT 1 FROM affiliation a WHERE a.organization_id = o.id)
"""


def known_lists(addresses: Collection[str]) -> set[str]:
    """Which of these addresses some mail came through as a list."""
    if not addresses:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT list_address FROM interaction WHERE list_address = ANY(%s) AND list_address <> ''",
            [list(addresses)],
        )
        return {row[0] for row in cursor.fetchall()}


def unmake_people_of(lists: Collection[str]) -> list[UUID]:
    """Take away the persons that were made of these lists; the interactions they seemed to be in."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_FOR_PEOPLE, [list(lists)])
        taken = dict(cursor.fetchall())
        if not taken:
            return []
        note_person_changes(taken)
        changed: list[UUID] = []
        for person, address in taken.items():  # one by one: two lists in one mail are two fewer
            cursor.execute(_SENT_THROUGH, [MOST_ADDRESSES, [person], [address]])
            changed += [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT organization_id FROM affiliation WHERE person_id = ANY(%s)", [list(taken)])
        organizations = [row[0] for row in cursor.fetchall()]
        cursor.execute("DELETE FROM person WHERE id = ANY(%s)", [list(taken)])
        cursor.execute(_LEFT_WITH_NOBODY, [organizations])
        return changed
