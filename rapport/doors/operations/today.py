"""Today: whom to care for, why and where to start; and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from pydantic import Field

from rapport.care.actions import done, later, not_needed, reopen
from rapport.care.making import room_of, week_of
from rapport.care.placed import Placed
from rapport.care.seeing import eyes_of
from rapport.care.today import today_for
from rapport.care.wording import opening, source, why_left_out
from rapport.moments.wording import care_title, headline
from rapport.relationships.engine.values import Standing
from rapport.relationships.reading import standings_of

from .answers import Answer
from .catalogue import Asked, operation
from .given import Given, Moment, Reading
from .shapes import Done, Figures, Who, figures, people_named
from .wording import reason_in_full, today_sentence


class Quoted(Answer):
    """An interaction a reason rests on; `quote` is in the words of who wrote it."""

    interaction_id: UUID
    at: datetime
    kind: str
    by_us: bool
    quote: str


class Way(Answer):
    """Something to start from, and where it comes from."""

    text: str
    source: str
    interaction_id: UUID | None


class Item(Answer):
    """A person to care for. On a day looked back at nothing was stored and `suggestion_id` is null."""

    suggestion_id: UUID | None
    person: Who
    headline: str
    sentence: str
    evidence: list[Quoted]
    ways: list[Way]
    minutes: int
    figures: Figures
    state: str = Field(description="open, done, later, not-needed, or cleared: it settled itself")


class Group(Answer):
    """People who want the same kind of care."""

    care: str
    title: str
    items: list[Item]


class LeftOut(Answer):
    """Somebody who was considered and is not on the list, and why."""

    name: str
    reason: str


class Today(Answer):
    """A day. `quiet` people are well and wait for nothing; `is_reading`: an import is at work first."""

    day: date
    sentence: str
    minutes: int
    groups: list[Group]
    quiet: int
    left_out: list[LeftOut]
    is_reading: bool
    is_day_off: bool = Field(description="All this can wait until you work again, but for a birthday that is not over.")
    look_back_to: date | None = Field(
        description="The day of the newest contact, as `as_of` takes it: where nobody is named and all is long ago."
    )


@operation("today.get", "GET", "/today", "Say whom to care for today", right="read", takes=Reading, gives=Today)
def shown(asked: Asked, given: Reading) -> Today:
    """At most seven people, the same all day."""
    viewer = asked.viewer
    today = today_for(
        viewer.person_id, week_of(viewer), asked.now,
        as_of=asked.is_as_of, room=room_of(viewer), sees=eyes_of(viewer),
    )  # fmt: skip
    ids = {one.person_id for one in today.placed} | {one.person_id for one in today.left_out}
    people = people_named(viewer, ids)
    placed = [one for one in today.placed if one.person_id in people]
    standings = standings_of(viewer.person_id, asked.now, [one.person_id for one in placed], asked.is_as_of)
    return Today(
        day=today.day,
        sentence=today_sentence(today, asked.is_as_of),
        minutes=today.minutes,
        groups=[
            Group(care=care, title=care_title(care), items=[_item(asked, one, people, standings) for one in items])
            for care, items in groupby(placed, key=lambda one: one.care)
        ],
        quiet=today.quiet,
        left_out=[
            LeftOut(name=who.name, reason=why_left_out(one.reason, who.name))
            for one in today.left_out
            if (who := people.get(one.person_id))
        ],
        is_reading=today.is_reading,
        is_day_off=today.is_day_off,
        look_back_to=today.look_back_to,
    )


class OfSuggestion(Given):
    """Which suggestion of today."""

    suggestion_id: UUID


class PutOff(OfSuggestion):
    """Until when."""

    until: Moment | None = Field(None, description="Tomorrow at nine where none is given.")


@operation(
    "today.done", "POST", "/today/{suggestion_id}/done", "Say that somebody was cared for",
    right="write", takes=OfSuggestion, gives=Done,
)  # fmt: skip
def cared_for(asked: Asked, given: OfSuggestion) -> Done:
    """This moment does not come back; a new one may."""
    return Done(id=given.suggestion_id, undo=done(asked.by, given.suggestion_id))


@operation(
    "today.later", "POST", "/today/{suggestion_id}/later", "Put somebody off to another day",
    right="write", takes=PutOff, gives=Done,
)  # fmt: skip
def put_off(asked: Asked, given: PutOff) -> Done:
    """They return at their time."""
    return Done(id=given.suggestion_id, undo=later(asked.by, given.suggestion_id, given.until))


@operation(
    "today.not-needed", "POST", "/today/{suggestion_id}/not-needed", "Say that somebody needs nothing",
    right="write", takes=OfSuggestion, gives=Done,
)  # fmt: skip
def left_alone(asked: Asked, given: OfSuggestion) -> Done:
    """This moment never comes back."""
    return Done(id=given.suggestion_id, undo=not_needed(asked.by, given.suggestion_id))


@operation(
    "today.reopen", "POST", "/today/{suggestion_id}/reopen", "Put somebody on Today again",
    right="write", takes=OfSuggestion, gives=Done,
)  # fmt: skip
def opened_again(asked: Asked, given: OfSuggestion) -> Done:
    """Whatever was done about it."""
    return Done(id=given.suggestion_id, undo=reopen(asked.by, given.suggestion_id))


def _item(asked: Asked, one: Placed, people: Mapping[UUID, Who], standings: Mapping[UUID, Standing]) -> Item:
    standing = standings.get(one.person_id)
    return Item(
        suggestion_id=one.id,
        person=people[one.person_id],
        headline=headline(one.reason),
        sentence=reason_in_full(one.reason, standing),
        evidence=[
            Quoted(interaction_id=said.interaction_id, at=said.at, kind=said.kind, by_us=said.by_us, quote=said.quote)
            for said in one.evidence
        ],
        ways=[
            Way(text=opening(way), source=source(way, asked.now), interaction_id=way.interaction_id) for way in one.ways
        ],
        minutes=one.minutes,
        figures=figures(standing),
        state=one.state,
    )
