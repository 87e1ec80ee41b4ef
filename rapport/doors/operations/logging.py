"""Logging by a sentence: understood first, kept when it is clear who is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from rapport.care.clearing import see_what_changed
from rapport.care.recognizing import recognize
from rapport.interactions.logging import log_said
from rapport.interactions.saying import Settled, meant_by, understand
from rapport.interactions.saying.reading import LONGEST
from rapport.kit.clock import zone

from .answers import Answer
from .catalogue import Asked, operation
from .given import Given, Kind, Moment, Text
from .shapes import Who, people_named
from .wording import understood_sentence


class Say(Given):
    """A sentence about what happened; what is given beside it wins over its words."""

    text: Text = Field(max_length=LONGEST, examples=["called Priya 10 min, rota works"])
    kind: Kind | None = None
    minutes: Annotated[int, Field(ge=1, le=10_080)] | None = None
    at: Moment | None = None
    person_ids: list[UUID] = Field(
        default_factory=list,
        max_length=100,
        description="Everybody it was with; wins over the names in the sentence. Names of nobody among them stay in "
        "the note.",
    )


class Understood(Answer):
    """What the sentence says."""

    kind: str
    at: datetime
    minutes: int | None
    begun: str = Field(description="by_us, by_them or both")
    people: list[Who]
    note: str
    is_plan: bool = Field(description="It has not happened yet and cannot be logged.")


class Choice(Answer):
    """Words that may mean several people, or nobody known (then `people` is empty)."""

    words: str
    people: list[Who]
    more: int = Field(0, description="So many at least fit as well and are not among them: write more of the name.")


class Told(Answer):
    """What was understood and, where it was kept, the interaction and what undoes it."""

    interaction: UUID | None = None
    sentence: str
    understood: Understood
    choices: list[Choice]
    undo: UUID | None = None


@operation(
    "interactions.understand", "POST", "/log/understand", "Understand a sentence; changes nothing",
    right="read", takes=Say, gives=Told,
)  # fmt: skip
def understood(asked: Asked, given: Say) -> Told:
    """What `POST /log` would keep."""
    return _told(asked, _settled(asked, given), given.person_ids)


@operation(
    "interactions.log", "POST", "/log", "Log what happened, in one sentence",
    right="write", takes=Say, gives=Told, status=201,
)  # fmt: skip
def logged(asked: Asked, given: Say) -> Told:
    """A conflict with choices where it is not clear who is meant."""
    settled = _settled(asked, given)
    kept = log_said(asked.by, settled, given.person_ids or settled.people)
    see_what_changed(asked.viewer, asked.now)
    told = _told(asked, settled, given.person_ids)
    return told.model_copy(update={"interaction": kept.interaction_id, "undo": kept.journal_id})


def _settled(asked: Asked, given: Say) -> Settled:
    said = understand(
        given.text, asked.now, zone(asked.viewer.time_zone), kind=given.kind, minutes=given.minutes, at=given.at
    )
    settled = recognize(said, asked.viewer)
    return meant_by(settled, given.person_ids) if given.person_ids else settled


def _told(asked: Asked, settled: Settled, person_ids: Sequence[UUID]) -> Told:
    said = settled.understood
    named = people_named(asked.viewer, person_ids or settled.people)
    people = list(named.values())
    values: dict[str, Any] = {"kind": said.kind, "at": said.at, "minutes": said.minutes, "note": said.note}
    return Told(
        sentence=understood_sentence(said, [one.name for one in people], asked.now, zone(asked.viewer.time_zone)),
        understood=Understood(**values, begun=said.direction, people=people, is_plan=said.is_plan),
        choices=[
            Choice(
                words=one.words,
                people=[Who(id=who.id, name=who.name, organization=who.organization) for who in one.choices],
                more=one.more,
            )
            for one in settled.unclear
        ],
    )
