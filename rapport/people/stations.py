"""Where somebody is now, of all the places they have been."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F
from django.db.models.functions import Greatest

from .models import Affiliation


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


_NEWEST_FIRST = (
    F("until").desc(nulls_first=True),
    Greatest("last_seen", "said_at").desc(nulls_last=True),
    F("since").desc(nulls_last=True),
    "id",
)


def path_of(person_id: UUID) -> tuple[Station, ...]:
    """All places somebody has been, the latest first."""
    rows = Affiliation.objects.filter(person_id=person_id).select_related("organization").order_by(*_NEWEST_FIRST)
    return tuple(_station(row) for row in rows)


def present_stations(people: Collection[UUID]) -> dict[UUID, Station]:
    """Where each of these people is now, in one query: where we saw a sign of them last, and they have not left."""
    current = Affiliation.objects.filter(person_id__in=people, until=None).select_related("organization")
    rows = current.order_by("person_id", *_NEWEST_FIRST).distinct("person_id")
    return {row.person_id: _station(row) for row in rows}


def _station(row: Affiliation) -> Station:
    return Station(
        id=row.id,
        organization_id=row.organization_id,
        organization=row.organization.name,
        title=row.title,
        since=row.since,
        until=row.until,
        is_home=row.organization.is_home,
    )
