"""Addresses from which mail came back for good, until somebody writes from them again."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from rapport.accounts.rows import ask
from rapport.channels.sightings import Address, Party, Sighting

from .copies import Aside
from .parts import BOUNCED
from .storing import insert_address_parts

_ABOUT = """
SELECT address FROM address_part WHERE interaction_id = ANY(%(interactions)s) AND part = %(bounced)s
UNION SELECT address FROM participant WHERE interaction_id = ANY(%(interactions)s) AND part = 'from'
"""
# Said anew from all that is stored, so that the order in which mails are read does not matter.
_SETTLE = """
UPDATE handle h SET bounced_at = now_said.at
FROM unnest(%s::text[]) AS asked(address)
CROSS JOIN LATERAL (
  SELECT max(a.at) AS at FROM address_part a WHERE a.address = asked.address AND a.part = %s
) AS came_back
JOIN handle known ON known.kind = 'email' AND known.value = asked.address
CROSS JOIN LATERAL (
  SELECT CASE WHEN NOT EXISTS (
    SELECT 1 FROM participant p WHERE p.person_id = known.person_id AND p.at > came_back.at AND p.part = 'from'
      AND p.address = asked.address
  ) THEN came_back.at END AS at
) AS now_said
WHERE h.id = known.id AND h.bounced_at IS DISTINCT FROM now_said.at
"""


def keep_bounced(came: Collection[tuple[UUID, Sighting]]) -> None:
    """Keep which addresses these returned mails are about, also those that reach nobody yet."""
    insert_address_parts(
        [
            (interaction, Aside(Party(Address("email", address), BOUNCED), is_list=False), sighting.at)
            for interaction, sighting in came
            for address in sighting.bounced
        ]
    )


def settle_bounces(addresses: Collection[str]) -> None:
    """Say of the handles with these addresses when mail last came back from them, if nobody wrote from there since."""
    if not addresses:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [sorted(addresses), BOUNCED])


def came_back(addresses: Collection[str]) -> set[str]:
    """Those of these addresses from which mail ever came back."""
    found = ask("SELECT address FROM address_part WHERE address = ANY(%s) AND part = %s", [list(addresses), BOUNCED])
    return {address for (address,) in found}


def heard_of_in(interactions: Collection[UUID]) -> set[str]:
    """The addresses of which these tell that mail came back from them, or that somebody wrote from there."""
    with connection.cursor() as cursor:
        cursor.execute(_ABOUT, {"interactions": list(interactions), "bounced": BOUNCED})
        return {row[0] for row in cursor.fetchall()}
