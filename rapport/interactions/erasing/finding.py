"""Whom and what an erasure is about: all ids somebody has had, all addresses, all names, and what they took part in."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any
from uuid import UUID

from django.db import connection

from rapport.accounts.models import JournalEntry
from rapport.people.matching import HandleKey
from rapport.people.models import Handle, Merge, Person

from ..models import Participant
from ..parts import BEGINS
from .sought import Sought, sought_for

_ALSO = """
WITH RECURSIVE them AS (
  SELECT id FROM person WHERE id = %s
  UNION SELECT p.id FROM person p JOIN them ON p.merged_into_id = them.id)
SELECT id FROM them
"""
# What each was to them. "alone": nobody else from outside was in it, so it is theirs as a whole.
PARTS = """
SELECT p.interaction_id, CASE
  WHEN NOT EXISTS (
    SELECT 1 FROM participant o JOIN person op ON op.id = o.person_id
    WHERE o.interaction_id = p.interaction_id AND o.person_id <> ALL(%(people)s) AND (%(ours)s OR NOT op.is_home))
    THEN 'alone'
  WHEN p.part = ANY(%(begins)s) THEN 'wrote'
  WHEN i.by_hand THEN 'about'
  ELSE 'took-part' END AS part
FROM participant p JOIN interaction i ON i.id = p.interaction_id
WHERE p.person_id = ANY(%(people)s) AND p.interaction_id <> ALL(%(but)s)
"""


def also_known_as(person_id: UUID) -> list[UUID]:
    """Their id and those of all who were merged into them."""
    with connection.cursor() as cursor:
        cursor.execute(_ALSO, [person_id])
        return [row[0] for row in cursor.fetchall()]


def known_by(people: Collection[UUID]) -> Sought:
    """All addresses and names of these ids, also an address that others share."""
    names = Person.objects.filter(id__in=people).values_list("name", flat=True)
    return sought_for(people, keys_of(people), list(names))


def keys_of(people: Collection[UUID]) -> set[HandleKey]:
    """All addresses these ids have, or had and somebody took away; of telephones those nobody else answers."""
    theirs = Handle.objects.filter(person_id__in=people)
    keys = set(theirs.values_list("kind", "value"))
    phones = [value for kind, value in keys if kind == "phone"]
    answered_too = Handle.objects.filter(kind="phone", value__in=phones).exclude(person_id__in=people)
    keys -= set(answered_too.values_list("kind", "value"))
    written = Participant.objects.filter(person_id__in=people).exclude(address="")
    keys |= {(_kind_of(value), value) for value in written.values_list("address", flat=True).distinct()}
    return keys | set(_taken_away(people))


def parts_of(people: Collection[UUID], but: Collection[UUID] = ()) -> dict[str, Any]:
    """What `PARTS` asks for; what came by an address they share, and is seen to for itself, is left aside."""
    ours = Person.objects.filter(id__in=people, is_home=True).exists()
    return {"people": list(people), "but": list(but), "ours": ours, "begins": list(BEGINS)}


def _taken_away(people: Collection[UUID]) -> Iterator[tuple[str, str]]:
    entries = JournalEntry.objects.filter(subject_id__in=people, verb="handle.remove")
    for way_back in entries.values_list("way_back", flat=True):
        row = (way_back or {}).get("row", {})
        if row.get("value"):
            yield row["kind"], row["value"]
    for moved in Merge.objects.filter(kept_id__in=people).values_list("moved", flat=True):
        for row in moved.get("dropped", ()):
            if row.get("table") == "Handle":
                yield row["kind"], row["value"]


def _kind_of(address: str) -> str:
    return "email" if "@" in address else "phone"
