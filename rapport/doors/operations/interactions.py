"""What happened: a person's timeline, one interaction with its words, and the bytes as they came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from rapport.interactions.entries import Present
from rapport.interactions.giving_out.meetings import meeting_file
from rapport.interactions.opening import attached_file, open_interaction, raw_bytes
from rapport.interactions.taking_out import take_out
from rapport.interactions.timeline import timeline

from .answers import Answer
from .catalogue import Asked, operation
from .given import Cursor, Kind, Moment, OfPerson, Reading
from .shapes import Happened, Participant, Timeline, happened


class ReadTimeline(OfPerson, Reading):
    """What happened with whom, and which part of it."""

    kinds: list[Kind] = Field(default_factory=list, examples=[["mail", "call"]])
    since: Moment | None = Field(None, description="After this moment.")
    until: Moment | None = Field(None, description="Up to this moment.")
    by_us: bool | None = Field(None, description="Only what home began, or only what they began.")
    with_files: bool = Field(False, description="Only what came with files, and may be read.")
    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 20


@operation(
    "people.timeline", "GET", "/people/{person_id}/timeline", "Read what happened with somebody",
    right="read", takes=ReadTimeline, gives=Timeline,
)  # fmt: skip
def told(asked: Asked, given: ReadTimeline) -> Timeline:
    """Newest first."""
    page = timeline(
        asked.viewer, given.person_id, kinds=given.kinds, since=given.since, until=given.until, by_us=given.by_us,
        with_files=given.with_files, cursor=given.cursor or None, limit=given.limit, as_of=asked.until,
    )  # fmt: skip
    return Timeline(rows=[happened(entry) for entry in page.rows], next=page.next)


class OfInteraction(Reading):
    """Which interaction."""

    interaction_id: UUID


class Attached(Answer):
    """Something attached. `place` is what `interactions.attachment` takes; `size` in bytes as it travelled."""

    place: int
    name: str
    media_type: str
    size: int


class Invited(Participant):
    """Somebody in an interaction, their part, and what they answered to the invitation where the calendar told it."""

    response: str = Field(description="accepted, declined, tentative, needs-action, or nothing.")


class Interaction(Answer):
    """One interaction. Of a private one all words are empty; `thread` has the others of it, oldest first."""

    id: UUID
    kind: str
    at: datetime
    until: datetime | None
    all_day: bool
    minutes: int | None
    title: str
    place: str = Field(description="Where it takes place, as the calendar says it.")
    text: str
    question: str
    language: str
    by: str
    people: list[Invited]
    attachments: list[Attached]
    thread: list[Happened]
    automatic: str = Field(description="Which rule knew it for a robot's; empty where a human wrote it.")
    list_address: str
    source: str
    is_private: bool
    by_hand: bool
    is_cancelled: bool
    has_raw: bool
    has_own_copy: bool = Field(description="Whether the reader may have its files: it came into their own mailbox.")


@operation(
    "interactions.get", "GET", "/interactions/{interaction_id}", "Open an interaction",
    right="read", takes=OfInteraction, gives=Interaction,
)  # fmt: skip
def opened(asked: Asked, given: OfInteraction) -> Interaction:
    """Who, when, and the words this reader may read."""
    sheet = open_interaction(asked.viewer, given.interaction_id, asked.until)
    return Interaction(
        id=sheet.id, kind=sheet.kind, at=sheet.at, until=sheet.until, all_day=sheet.all_day, minutes=sheet.minutes,
        title=sheet.title, place=sheet.place, text=sheet.text, question=sheet.question,
        language=sheet.language, by=sheet.by,
        people=[_invited(one) for one in sheet.participants],
        attachments=[Attached.of(one) for one in sheet.attachments],
        thread=[happened(entry) for entry in sheet.thread],
        automatic=sheet.automatic, list_address=sheet.list_address, source=sheet.source,
        is_private=sheet.is_private, by_hand=sheet.by_hand, is_cancelled=sheet.is_cancelled, has_raw=sheet.has_raw,
        has_own_copy=sheet.has_own_copy,
    )  # fmt: skip


def _invited(one: Present) -> Invited:
    return Invited(id=one.person_id, name=one.name, part=one.part, response=one.response)


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes to be given out as they are, and the name to keep them under."""

    body: bytes
    name: str


@operation(
    "interactions.raw", "GET", "/interactions/{interaction_id}/raw", "Have the bytes as they came",
    right="read", takes=OfInteraction, gives=bytes, carries="bytes",
)  # fmt: skip
def as_it_came(asked: Asked, given: OfInteraction) -> Raw:
    """Identical to what was imported."""
    return Raw(raw_bytes(asked.viewer, given.interaction_id, asked.until), f"{given.interaction_id}.raw")


@operation(
    "interactions.calendar", "GET", "/interactions/{interaction_id}/calendar", "Have it as a calendar entry",
    right="read", takes=OfInteraction, gives=bytes, carries="bytes",
)  # fmt: skip
def as_a_calendar(asked: Asked, given: OfInteraction) -> Raw:
    """iCalendar. A meeting from the reader's own calendar as it came, a series with all its times."""
    found = meeting_file(asked.viewer, given.interaction_id, asked.now, asked.until)
    return Raw(found.body, found.name)


class OfAttachment(OfInteraction):
    """Which of the files attached to an interaction."""

    place: Annotated[int, Field(ge=0, lt=100, description="As `interactions.get` lists it; the first is 0.")]


@operation(
    "interactions.attachment", "GET", "/interactions/{interaction_id}/attachments/{place}",
    "Have a file that is attached",
    right="read", takes=OfAttachment, gives=bytes, carries="bytes",
)  # fmt: skip
def file_of(asked: Asked, given: OfAttachment) -> Raw:
    """Read out of the mail as it came into the reader's own mailbox. Nothing has looked for harm in it."""
    enclosed = take_out(attached_file(asked.viewer, given.interaction_id, given.place, asked.until))
    return Raw(enclosed.body, enclosed.name)
