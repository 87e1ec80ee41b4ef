"""Addresses that turn out to be mailing lists. A list is nobody, also where the mails that tell were read last."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace

from .changes import note_person_changes
from .limits import MOST_ADDRESSES

# Whoever somebody of ours wrote down something with is in it without an address: what was typed is not ours to drop.
_TAKEN_FOR_PEOPLE = """
SELECT h.person_id, h.value FROM handle h JOIN person p ON p.id = h.person_id
WHERE h.kind = 'email' AND h.value = ANY(%s) AND h.origin = 'mail' AND NOT p.touched_by_hand
  AND NOT EXISTS (SELECT 1 FROM handle o WHERE o.person_id = p.id AND o.id <> h.id)
  AND NOT EXISTS (SELECT 1 FROM participant w WHERE w.person_id = p.id
                  AND (w.part IN ('from', 'organizer') OR w.address = ''))
  AND NOT EXISTS (SELECT 1 FROM merge m WHERE m.kept_id = p.id OR m.gone_id = p.id)
"""
# What they took part in stays, with the address where the person was: should they write one day, they are found again.
_ASIDE = """
INSERT INTO address_part (workspace_id, id, interaction_id, address, name, part, response, is_list, at)
SELECT %s, gen_random_uuid(), p.interaction_id, p.address, CASE WHEN w.name_rank > 0 THEN w.name ELSE '' END,
  p.part, p.response, true, p.at
FROM participant p JOIN person w ON w.id = p.person_id
WHERE p.person_id = ANY(%s) AND p.address <> '' AND p.part <> 'answered'
ON CONFLICT (workspace_id, interaction_id, address) DO NOTHING RETURNING interaction_id
"""
_NOW_A_LIST = """
UPDATE address_part SET is_list = true WHERE address = ANY(%s) AND NOT is_list AND part <> 'bounced'
RETURNING interaction_id
"""
_RECKON = """
UPDATE interaction i SET list_address = coalesce(found.list, ''), group_size = i.group_size + u.more,
  is_contact = i.automatic = '' AND NOT i.is_cancelled AND i.group_size + u.more <= %s
FROM unnest(%s::uuid[], %s::int[]) AS u(id, more)
CROSS JOIN LATERAL (
  SELECT CASE WHEN here.list_address = '' OR here.list_address = ANY(%s)
    OR EXISTS (SELECT 1 FROM address_part a WHERE a.interaction_id = u.id AND a.address = here.list_address)
    THEN (SELECT min(a.address COLLATE "C") FROM address_part a WHERE a.interaction_id = u.id AND a.is_list)
    ELSE here.list_address END AS list
  FROM interaction here WHERE here.id = u.id
) AS found
WHERE i.id = u.id
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
    if not lists:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN_FOR_PEOPLE, [list(lists)])
        taken = [row[0] for row in cursor.fetchall()]
        changed: list[UUID] = []
        if taken:
            note_person_changes(taken)
            cursor.execute(_ASIDE, [current_workspace(), taken])
            changed = [row[0] for row in cursor.fetchall()]
        cursor.execute(_NOW_A_LIST, [list(lists)])
        reckon_again(changed, -1)
        reckon_again([row[0] for row in cursor.fetchall()], 0)
        if taken:
            cursor.execute("SELECT organization_id FROM affiliation WHERE person_id = ANY(%s)", [taken])
            organizations = [row[0] for row in cursor.fetchall()]
            cursor.execute("DELETE FROM person WHERE id = ANY(%s)", [taken])
            cursor.execute(_LEFT_WITH_NOBODY, [organizations])
        return changed


def reckon_again(interactions: Collection[UUID], more: int, found: Collection[str] = ()) -> None:
    """Say again through which list these went and how many took part: `more` than before, once for each time they are
    named. `found` are addresses that are no lists after all.
    """
    if not interactions:
        return
    times: dict[UUID, int] = {}
    for one in interactions:
        times[one] = times.get(one, 0) + more
    with connection.cursor() as cursor:
        cursor.execute(_RECKON, [MOST_ADDRESSES, list(times), list(times.values()), list(found)])
