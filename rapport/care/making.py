"""How a day's list is made: decided from what is known, and stored by whoever comes first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.kit.failpoints import failpoint
from rapport.moments.situation import Week

from .days import (
    DayList,
    claim,
    claim_completing,
    considered_of,
    list_of,
    standing_on,
    store,
    suggestion_id,
)
from .looking import Found, Room, choose_among, look, met_today, place
from .models import Suggestion
from .placed import Placed
from .ranking import UNTOUCHED
from .seeing import Sees, everybody

ROOM = Room()


@dataclass(frozen=True, slots=True)
class Plan:
    """A day's list as it is to be: what stays on it, what is taken off as mistaken, and what is added."""

    found: Found
    staying: tuple[Suggestion, ...]
    mistaken: tuple[Suggestion, ...]
    added: tuple[Placed, ...]
    considered: dict[str, Any]


def week_of(viewer: Viewer) -> Week:
    """Where a member is and on which days they work."""
    return Week(viewer.time_zone, viewer.working_days)


def room_of(viewer: Viewer) -> Room:
    """How many people a member wants on a day."""
    return Room(people=viewer.per_day)


def make_today(home_person_id: UUID, week: Week, now: datetime, room: Room = ROOM, sees: Sees = everybody) -> bool:
    """Make and store the day's list, or complete it after more history came in; whether there was anything to do.

    Safe to do twice and by several at once: a list is begun by one, and completed from the state it was seen in.
    """
    day = week.day_of(now)
    known = list_of(home_person_id, day, now)
    if not known.wants_making:
        return False
    standing = standing_on(home_person_id, day) if known.id else []
    plan = plan_of(standing, home_person_id, week, now, room, sees)
    list_id = _claimed(known, home_person_id, day, now, plan)
    if list_id is None:
        return False
    failpoint("today.after_claim")
    Suggestion.objects.filter(id__in=[one.id for one in plan.mistaken], state__in=UNTOUCHED).delete()
    store(list_id, home_person_id, day, plan.added)
    failpoint("today.after_storing")
    return True


def plan_of(
    suggestions: Collection[Suggestion],
    home_person_id: UUID,
    week: Week,
    now: datetime,
    room: Room = ROOM,
    sees: Sees = everybody,
) -> Plan:
    """What stands on the list and still holds, and who fills the room that is left."""
    day = week.day_of(now)
    found = look(home_person_id, week, now, sees=sees)
    moments = found.moments
    over = {one.person_id for one in suggestions if one.state in UNTOUCHED and one.moment not in moments}
    over -= met_today(home_person_id, over, week, now)
    mistaken = tuple(one for one in suggestions if one.person_id in over)
    staying = tuple(one for one in suggestions if one not in mistaken)
    chosen = choose_among(found, home_person_id, week, day, room, [one.person_id for one in staying])
    added = place(chosen, found, now, max((one.rank + 1 for one in staying), default=0), sees)
    return Plan(
        found=found,
        staying=staying,
        mistaken=mistaken,
        added=tuple(replace(one, id=suggestion_id(home_person_id, day, one.person_id)) for one in added),
        considered=considered_of(chosen, found.quiet),
    )


def _claimed(known: DayList, home_person_id: UUID, day: date, now: datetime, plan: Plan) -> UUID | None:
    """The list, if it is ours to write on."""
    if known.id is None or known.made_at is None:
        return claim(home_person_id, day, now, plan.considered)
    return known.id if claim_completing(known.id, known.made_at, now, plan.considered) else None
