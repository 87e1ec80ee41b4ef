"""What is planned becomes contact when its time has come: that moment is stored, and a round of the worker asks for it.

Read long before it took place, a meeting would otherwise never count: nothing changes on the day itself.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Min

from rapport.accounts.agenda import put_down
from rapport.accounts.rows import ask
from rapport.people.gathering import Seen, gather, hold_people_still
from rapport.people.matching import Named
from rapport.people.moving import SOON

from .changes import note_pair_changes
from .models import Interaction

_AWAIT = """
UPDATE interaction i SET comes_at = u.comes_at
FROM (SELECT id, CASE WHEN is_contact AND at > %s THEN at END AS comes_at FROM interaction WHERE id = ANY(%s)) AS u
WHERE i.id = u.id AND i.comes_at IS DISTINCT FROM u.comes_at RETURNING u.comes_at
"""
_TAKE_PLACE = """
UPDATE interaction SET comes_at = NULL WHERE comes_at <= %s RETURNING id
"""

# Only addresses that still reach who took part; see `_SEEN` in surviving.
_MET = """
SELECT h.kind, h.value, min(p.at), max(p.at) FROM participant p
JOIN handle h ON h.person_id = p.person_id AND h.value = p.address
WHERE p.interaction_id = ANY(%s) AND p.part <> 'answered' GROUP BY h.kind, h.value
"""


def seen_at(kind: str, at: datetime, now: datetime) -> datetime | None:
    """When somebody was seen by what is of this kind at this time; by what is yet to come not at all. A mail was there
    when it was read, whatever its sender's clock said."""
    return at if kind == "mail" or at <= now else None


def await_their_time(interactions: Collection[UUID], now: datetime) -> None:
    """Of these, remember those that are still to come; to be asked whenever one is read, moved or called off."""
    if not interactions:
        return
    with connection.cursor() as cursor:
        cursor.execute(_AWAIT, [now, list(interactions)])
        coming = [row[0] for row in cursor.fetchall() if row[0]]
    if coming:
        put_down("look", min(coming))


def take_place(now: datetime) -> int:
    """Mark the pairs of everything whose time has come, in the current transaction, and say that who took part was
    seen; how many things that were."""
    first = next_to_come()
    if first is None or first > now:
        return 0
    hold_people_still()  # before any row is locked: whoever reads an import does it in this order
    ids = [row[0] for row in ask(_TAKE_PLACE, [now])]
    met = [Seen(Named(kind, value, "", 0), first, last) for kind, value, first, last in ask(_MET, [ids])]
    gather(met, "mail", None, now)
    note_pair_changes(ids)
    put_down("ties", now + SOON)
    return len(ids)


def next_to_come() -> datetime | None:
    """When the next planned thing takes place."""
    first: datetime | None = Interaction.objects.filter(comes_at__isnull=False).aggregate(first=Min("comes_at"))[
        "first"
    ]
    return first
