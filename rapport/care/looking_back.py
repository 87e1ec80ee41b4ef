"""After an old archive nobody needs anybody today: the day on which it was still alive is worth a look."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Max

from rapport.moments.situation import Week
from rapport.relationships.models import Relationship

LONG_AGO = timedelta(days=60)  # newer history still speaks for itself


def day_to_look_back_to(home_person_id: UUID, week: Week, now: datetime) -> date | None:
    """The day of the newest contact, where all of it is long ago."""
    mine = Relationship.objects.filter(home_person_id=home_person_id)
    newest: datetime | None = mine.aggregate(newest=Max("last_at"))["newest"]
    return week.day_of(newest) if newest and now - newest > LONG_AGO else None
