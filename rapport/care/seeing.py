"""What of a day its reader may see: a guest is told no birthday, no fact, and of nobody that they asked for peace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.moments.rules import birthday
from rapport.moments.situation import Situation
from rapport.people.visible import sees_whole

from .placed import Placed, Today
from .ranking import LeftOut

Sees = Callable[[UUID], bool]  # whether what is known of this person is for the reader, or only who they are


def everybody(person_id: UUID) -> bool:
    """How a member sees."""
    return True


def eyes_of(viewer: Viewer) -> Sees:
    """How this viewer sees."""
    return partial(sees_whole, viewer)


def situation_seen(situation: Situation, sees: Sees) -> Situation:
    """The situation as far as it is for the reader: nobody is chosen for a day they may not know."""
    if sees(situation.person.id):
        return situation
    return replace(situation, person=replace(situation.person, birthday=None))


def today_seen(today: Today, sees: Sees) -> Today:
    """The day as far as it is for the reader, also when it was made before they became a guest."""
    placed = tuple(_ways_seen(one, sees) for one in today.placed if _may_know(one, sees))
    left_out = tuple(one for one in today.left_out if _may_know(one, sees) and _may_know_why(one, sees))
    if (placed, left_out) == (today.placed, today.left_out):
        return today
    found = {rule: many for rule, many in today.found.items() if rule != birthday.RULE}
    return replace(today, placed=placed, left_out=left_out, found=found)


def _may_know(one: Placed | LeftOut, sees: Sees) -> bool:
    return one.rule != birthday.RULE or sees(one.person_id)


def _ways_seen(one: Placed, sees: Sees) -> Placed:
    if sees(one.person_id):
        return one
    return replace(one, ways=tuple(way for way in one.ways if way.fact_id is None))


def _may_know_why(one: LeftOut, sees: Sees) -> bool:
    return one.reason.kind != "do_not_contact" or sees(one.person_id)
