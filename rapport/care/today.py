"""Today: chosen once a day for each home person, stable until the next; what settles itself shows so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rapport.moments.situation import Week

from .clearing import settled
from .days import considered_of, left_out_of, list_of, standing_on
from .looking import Room, choose_among, look, place
from .looking_back import day_to_look_back_to
from .making import ROOM, plan_of
from .placed import Placed, Today, in_page_order
from .rereading import read_again
from .seeing import Sees, everybody, today_seen


def today_for(
    home_person_id: UUID,
    week: Week,
    now: datetime,
    *,
    as_of: bool = False,
    room: Room = ROOM,
    sees: Sees = everybody,
) -> Today:
    """Whom to care for today, in at most a dozen queries however many people are known. It stores nothing.

    The list was made in the morning (`mornings`). Where nobody made it yet it is decided as it will be made, with the
    ids it will have. While the first import is being read nothing is chosen: half a history would name the wrong
    people. `as_of` looks at another moment. It tells only what its reader `sees`.
    """
    day = week.day_of(now)
    if as_of:
        return today_seen(_looked_back_at(home_person_id, week, day, now, room, sees), sees)
    today = today_seen(_of(home_person_id, week, day, now, room, sees), sees)
    if today.placed or today.is_reading:
        return today
    return replace(today, look_back_to=day_to_look_back_to(home_person_id, week, now))


def _looked_back_at(home_person_id: UUID, week: Week, day: date, now: datetime, room: Room, sees: Sees) -> Today:
    """A day as it would have been chosen then."""
    found = look(home_person_id, week, now, as_of=True, sees=sees)
    chosen = choose_among(found, home_person_id, week, day, room)
    return _today(day, place(chosen, found, now, sees=sees), considered_of(chosen, found.quiet))


def _of(home_person_id: UUID, week: Week, day: date, now: datetime, room: Room, sees: Sees) -> Today:
    """The day's list as it is stored, or as it is about to be."""
    known = list_of(home_person_id, day, now)
    if known.id is None and known.is_reading:
        return Today(day, is_reading=True)
    suggestions = standing_on(home_person_id, day) if known.id else []
    if not known.wants_making:
        read = read_again(suggestions, home_person_id, now)
        placed = settled(read, _holding(read, home_person_id, week, now), home_person_id, week, now)
        considered = known.considered
    else:
        plan = plan_of(suggestions, home_person_id, week, now, room, sees)
        read = read_again(plan.staying, home_person_id, now)
        placed = [*settled(read, plan.found.moments, home_person_id, week, now), *plan.added]
        considered = plan.considered
    shown = _today(day, placed, considered)
    return replace(shown, is_reading=known.is_reading, is_day_off=not week.is_working(day))


def _holding(placed: Iterable[Placed], home_person_id: UUID, week: Week, now: datetime) -> Collection[str]:
    """The moments that still hold for those who wait."""
    waiting = [one.person_id for one in placed if one.is_open]
    return look(home_person_id, week, now, waiting).moments if waiting else ()


def _today(day: date, placed: Iterable[Placed], considered: dict[str, Any]) -> Today:
    return Today(
        day=day,
        placed=in_page_order(list(placed)),
        left_out=left_out_of(considered),
        quiet=considered.get("quiet", 0),
        found=considered.get("found", {}),
    )
