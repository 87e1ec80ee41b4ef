"""What settles itself: a suggestion whose moment holds no more, because the two were in touch since the day began.

One whose moment is gone without that (an import was taken back, a colleague has answered) leaves the list: it must not
stand among what was done.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from rapport.accounts.access import Viewer
from rapport.moments.situation import Week
from rapport.relationships.refresh import read_on

from .days import standing_on
from .looking import look, met_today
from .making import week_of
from .models import Suggestion
from .placed import Placed
from .ranking import UNTOUCHED
from .seeing import eyes_of

CLEARED, GONE = "cleared", "gone"
_SETTLING = (*UNTOUCHED, CLEARED)


def settled(
    placed: Iterable[Placed], holding: Collection[str], home_person_id: UUID, week: Week, now: datetime
) -> list[Placed]:
    """The same, with what settled itself marked so, and without what is gone for no such reason."""
    placed = list(placed)
    over = {one.person_id for one in placed if one.is_open and one.moment not in holding}
    cared_for = met_today(home_person_id, over, week, now)
    return [
        replace(one, state=CLEARED) if one.person_id in over else one
        for one in placed
        if one.person_id not in over or one.person_id in cared_for
    ]


def see_what_changed(viewer: Viewer, now: datetime) -> None:
    """After something the viewer did: judge it, and settle their list of the day, so that every count is right."""
    read_on(now)
    settle_list(viewer, now)


def settle_list(viewer: Viewer, now: datetime) -> None:
    """Write down what of a member's stored list settled itself, and what waits again because that was taken back."""
    week = week_of(viewer)
    stored = [one for one in standing_on(viewer.person_id, week.day_of(now)) if one.state in _SETTLING]
    if not stored:
        return
    people = {one.person_id for one in stored}
    moments = look(viewer.person_id, week, now, people, sees=eyes_of(viewer)).moments
    over = {one.person_id for one in stored if one.moment not in moments}
    cared_for = met_today(viewer.person_id, over, week, now)
    ids = {one.id for one in stored if one.person_id in cared_for}
    Suggestion.objects.filter(id__in=ids, state__in=UNTOUCHED).update(state=CLEARED, acted_at=now)
    gone = [one.id for one in stored if one.person_id in over - cared_for]
    Suggestion.objects.filter(id__in=gone, state="open").update(state=GONE)
    held_again = [one.id for one in stored if one.person_id not in over]
    Suggestion.objects.filter(id__in=held_again, state__in=(CLEARED, GONE)).update(state="open", acted_at=None)
