"""Whom somebody talks to every month: pairs with a rhythm of a month or less that have not fallen silent."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from .engine.habits import HABITS
from .engine.rhythm import typical_gap_days
from .engine.state import TieState
from .models import Relationship
from .reading import standings_of
from .stored import stored_state

A_MONTH = 31.0
FEWEST_CONTACTS = 3
NOT_SILENT_FOR = timedelta(days=62)


def often_in_touch(home_person_id: UUID, now: datetime, as_of: bool = False) -> list[UUID]:
    """The people a home person is often in touch with."""
    if as_of:
        standings = standings_of(home_person_id, now, as_of=True)
        return [
            person
            for person, one in standings.items()
            if one.ground and one.ground.state.last_at > now - NOT_SILENT_FOR and _is_often(one.ground.state)
        ]
    rows = Relationship.objects.filter(
        home_person_id=home_person_id,
        last_at__gt=now - NOT_SILENT_FOR,
        contacts__gte=FEWEST_CONTACTS,
        person__do_not_score=False,
    )
    states = rows.values_list("person_id", "state")
    return [person for person, state in states if state is not None and _is_often(stored_state(state))]


def _is_often(state: TieState) -> bool:
    gap = typical_gap_days(state, HABITS)
    return gap is not None and gap <= A_MONTH
