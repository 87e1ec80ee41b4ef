"""What is done about a suggestion: done, later, not needed, open again. Each once; each with its way back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from rapport.accounts.acting import By
from rapport.accounts.journal import undoes
from rapport.accounts.models import JournalEntry
from rapport.interactions.logging import Logged, unlog
from rapport.kit.trouble import Conflict, NotFound, Trouble
from rapport.moments.situation import Week

from .making import make_today, room_of, week_of
from .models import Suggestion
from .seeing import eyes_of
from .wording import acted_already, later_must_be_ahead, no_such_suggestion

LATER = time(9, 0)


def done(by: By, suggestion_id: UUID, told: Logged | None = None) -> UUID:
    """They were cared for. This moment does not come back; a new one may.

    The journal entry undoes it, and what was told with it: to the person who pressed once it is one thing.
    """
    return _act(by, suggestion_id, "done", told=told)


def later(by: By, suggestion_id: UUID, until: datetime | None = None) -> UUID:
    """Put off: it returns at its time, the next day at nine where none is given."""
    until = until or tomorrow_at_nine(by.now, Week(by.viewer.time_zone))
    if until <= by.now:
        raise Trouble(later_must_be_ahead(), code="later-must-be-ahead")
    return _act(by, suggestion_id, "later", until)


def not_needed(by: By, suggestion_id: UUID) -> UUID:
    """This moment never comes back, and the rule that found it weighs a little less."""
    return _act(by, suggestion_id, "not-needed")


def reopen(by: By, suggestion_id: UUID) -> UUID:
    """Open again, whatever was done about it."""
    one = _own(by, suggestion_id)
    if one.state == "open":
        raise Conflict(acted_already("open"), code="open-already")
    way_back = _change(one, "open", None, None)
    return _note(by, one, "reopen", way_back)


def tomorrow_at_nine(now: datetime, week: Week) -> datetime:
    """The next morning where they are."""
    return datetime.combine(week.day_of(now) + timedelta(days=1), LATER, week.zone)


def suggestion_of(by: By, suggestion_id: UUID) -> Suggestion | None:
    """One's own suggestion; another's is none of ours. What was shown before its list was stored is stored now."""
    own = Suggestion.objects.filter(id=suggestion_id, home_person_id=by.viewer.person_id).select_related("person")
    found, viewer = own.first(), by.viewer
    if found is None:
        make_today(viewer.person_id, week_of(viewer), by.now, room_of(viewer), eyes_of(viewer))
        found = own.first()  # also where somebody else was just making it: then it waited for them and made nothing
    return found


def _act(by: By, suggestion_id: UUID, state: str, until: datetime | None = None, told: Logged | None = None) -> UUID:
    one = _own(by, suggestion_id)
    if not one.waits(by.now):
        raise Conflict(acted_already(one.state), code=f"{one.state}-already")
    way_back = _change(one, state, by.now, until)
    if told and told.journal_id:
        way_back["told"] = {"interaction": str(told.interaction_id), "entry": str(told.journal_id)}
    return _note(by, one, state, way_back)


def _own(by: By, suggestion_id: UUID) -> Suggestion:
    by.may("write")
    one = suggestion_of(by, suggestion_id)
    if one is None:
        raise NotFound(no_such_suggestion())
    return one


def _change(one: Suggestion, state: str, acted_at: datetime | None, until: datetime | None) -> dict[str, Any]:
    """Set what was done, if nobody did something else meanwhile; what it takes to go back."""
    changed = Suggestion.objects.filter(id=one.id, state=one.state, acted_at=one.acted_at).update(
        state=state, acted_at=acted_at, later_until=until
    )
    if not changed:
        raise Conflict(acted_already(Suggestion.objects.values_list("state", flat=True).get(id=one.id)))
    return {
        "suggestion": str(one.id),
        "now": state,
        "state": one.state,
        "acted_at": one.acted_at and one.acted_at.isoformat(),
        "later_until": one.later_until and one.later_until.isoformat(),
    }


def _note(by: By, one: Suggestion, verb: str, way_back: dict[str, Any]) -> UUID:
    return by.note(f"today.{verb}", subject_id=one.person_id, subject_name=one.person.name, way_back=way_back)


@undoes("today.done")
@undoes("today.later")
@undoes("today.not-needed")
@undoes("today.reopen")
def _go_back(way_back: dict[str, Any], now: datetime) -> None:
    """As it was before, unless something else was done about it since."""
    restored = Suggestion.objects.filter(id=way_back["suggestion"], state=way_back["now"]).update(
        state=way_back["state"],
        acted_at=way_back["acted_at"] and datetime.fromisoformat(way_back["acted_at"]),
        later_until=way_back["later_until"] and datetime.fromisoformat(way_back["later_until"]),
    )
    if not restored:
        raise Conflict(no_such_suggestion(), code="changed-meanwhile")
    if way_back.get("told"):
        _untell(way_back["told"], now)


def _untell(told: dict[str, str], now: datetime) -> None:
    """What was told with it goes, unless that was taken back by itself."""
    if JournalEntry.objects.filter(id=told["entry"], undone_at=None).update(undone_at=now):
        unlog(UUID(told["interaction"]))
