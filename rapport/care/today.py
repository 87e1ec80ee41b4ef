"""Today: made once a day for each home person, stable until the next; what settles itself shows so."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from rapport.moments.situation import Week

from .days import DayList, claim, claim_completing, considered_of, left_out_of, list_of, store
from .looking import Room, choose_among, look, place
from .models import Suggestion
from .placed import Placed, Today, in_page_order
from .rereading import read_again

ROOM = Room()


def today_for(home_person_id: UUID, week: Week, now: datetime, *, as_of: bool = False, room: Room = ROOM) -> Today:
    """Whom to care for today, in at most a dozen queries however many people are known.

    The first look of the day makes the list, later looks read it; after an import it is completed once. While the
    first import is being read nothing is chosen: half a history would name the wrong people. `as_of` looks at
    another moment and stores nothing.
    """
    day = week.day_of(now)
    if as_of:
        return _looked_back_at(home_person_id, week, day, now, room)
    known = list_of(home_person_id, day, now)
    if known.id is None:
        if known.is_reading:
            return Today(day, is_reading=True)
        return _made(home_person_id, week, day, now, room) or today_for(home_person_id, week, now, room=room)
    suggestions = _suggestions(home_person_id, day)
    if not known.is_reading and (known.more_came or (known.was_judged and not suggestions)):
        _complete(known, suggestions, home_person_id, week, day, now, room)
        known, suggestions = list_of(home_person_id, day, now), _suggestions(home_person_id, day)
    placed = _settled(read_again(suggestions, home_person_id, now), home_person_id, week, now)
    return replace(_today(day, placed, known.considered), is_reading=known.is_reading)


def _looked_back_at(home_person_id: UUID, week: Week, day: date, now: datetime, room: Room) -> Today:
    """A day as it would have been chosen then; nothing is stored."""
    found = look(home_person_id, week, now, as_of=True)
    chosen = choose_among(found, home_person_id, week, day, room)
    return _today(day, place(chosen, found, now), considered_of(chosen, found.quiet))


def _made(home_person_id: UUID, week: Week, day: date, now: datetime, room: Room) -> Today | None:
    """Choose and store the day's list; None where another look was faster."""
    found = look(home_person_id, week, now)
    chosen = choose_among(found, home_person_id, week, day, room)
    considered = considered_of(chosen, found.quiet)
    list_id = claim(home_person_id, day, now, considered)
    if list_id is None:
        return None
    return _today(day, store(list_id, home_person_id, day, place(chosen, found, now)), considered)


def _complete(
    known: DayList,
    suggestions: Collection[Suggestion],
    home_person_id: UUID,
    week: Week,
    day: date,
    now: datetime,
    room: Room,
) -> None:
    """After more history came in: take off what it shows to be no moment, and fill the room that is left."""
    found = look(home_person_id, week, now)
    moments = found.moments
    mistaken = [one for one in suggestions if one.state == "open" and one.moment not in moments]
    standing = [one for one in suggestions if one not in mistaken]
    chosen = choose_among(found, home_person_id, week, day, room, [one.person_id for one in standing])
    if known.id is None or known.made_at is None:
        return
    if not claim_completing(known.id, known.made_at, now, considered_of(chosen, found.quiet)):
        return
    Suggestion.objects.filter(id__in=[one.id for one in mistaken], state="open").delete()
    first = max((one.rank + 1 for one in standing), default=0)
    store(known.id, home_person_id, day, place(chosen, found, now, first))


def _suggestions(home_person_id: UUID, day: date) -> list[Suggestion]:
    """What stands on the list; whoever asked meanwhile to be left alone does not."""
    rows = Suggestion.objects.filter(home_person_id=home_person_id, day=day, person__do_not_contact=False)
    return list(rows.order_by("rank"))


def _settled(placed: Iterable[Placed], home_person_id: UUID, week: Week, now: datetime) -> list[Placed]:
    """The same, with what settled itself meanwhile marked so: its moment does not hold any more."""
    placed = list(placed)
    waiting = [one.person_id for one in placed if one.is_open]
    holding = look(home_person_id, week, now, waiting).moments if waiting else {}
    return [replace(one, state="cleared") if one.is_open and one.moment not in holding else one for one in placed]


def _today(day: date, placed: Iterable[Placed], considered: dict[str, Any]) -> Today:
    return Today(
        day=day,
        placed=in_page_order(list(placed)),
        left_out=left_out_of(considered),
        quiet=considered.get("quiet", 0),
        found=considered.get("found", {}),
    )
