"""What guests answer to an invitation stands beside the meeting with when they said it; the last word counts.

Said anew from all that is stored, so that it does not matter whether the answer or the invitation was read first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.channels.sightings import EVER, Sighting
from rapport.kit.ids import new_ids

from .changes import note_pair_changes
from .parts import ANSWERED_INVITATION
from .storing import storable

_KEEP = """
INSERT INTO address_part AS a (workspace_id, id, interaction_id, address, name, part, response, is_list, at)
SELECT %s, u.id, u.interaction, u.address, '', %s, u.response, false, u.at
FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::text[], %s::timestamptz[]) AS u(id, interaction, address, response, at)
ON CONFLICT (workspace_id, interaction_id, address) DO UPDATE SET response = excluded.response, at = excluded.at
WHERE a.part = excluded.part AND (a.at, a.response) < (excluded.at, excluded.response)
"""  # noqa: E501
# The organizer's copy, where it was made later, knew what was answered until then.
_SETTLE = """
UPDATE participant p SET response = a.response FROM address_part a, interaction i
WHERE a.interaction_id = ANY(%s) AND a.part = %s AND i.id = a.interaction_id
  AND p.interaction_id = a.interaction_id AND p.address = a.address AND p.response <> a.response
  AND (i.revised_at IS NULL OR a.at >= i.revised_at OR i.revision < 0)
RETURNING p.interaction_id
"""


def is_answer(sighting: Sighting) -> bool:
    """Whether a guest says it of the meeting of somebody else."""
    return sighting.revision < 0


def keep_answers(sightings: Sequence[Sighting], ids: Mapping[str, UUID], nobodies: Collection[str]) -> None:
    """Keep what guests answered, and when, beside the meetings with these origins."""
    last: dict[tuple[UUID, str], tuple[datetime, str]] = {}
    for one in sightings:
        for party in one.parties if is_answer(one) and one.origin in ids else ():
            if party.response in ("", "needs-action") or party.address.value in nobodies:
                continue
            key, said = (ids[one.origin], party.address.value), (storable(one.revised_at or EVER), party.response)
            last[key] = max(said, last.get(key, said))
    if not last:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _KEEP,
            [
                current_workspace(),
                ANSWERED_INVITATION,
                new_ids(len(last)),
                [interaction for interaction, _ in last],
                [address for _, address in last],
                [response for _, response in last.values()],
                [at for at, _ in last.values()],
            ],
        )


def settle_answers(interactions: Collection[UUID]) -> None:
    """Say of the guests of these meetings what they answered last."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(interactions), ANSWERED_INVITATION])
        changed = [row[0] for row in cursor.fetchall()]
    note_pair_changes(changed, even_if_no_contact=True)
