"""Who asks, what was changed lately, and taking a change back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field

from rapport.accounts.access import Viewer, may
from rapport.accounts.changes import changes_for, may_undo
from rapport.accounts.journal import MustAsk, StaysDone
from rapport.accounts.models import JournalEntry, Workspace
from rapport.care.clearing import see_what_changed
from rapport.interactions.undo_plan import undo_change
from rapport.kit.trouble import Conflict

from ..telling_changes import must_ask_sentence, stays_done_sentence, undone_sentence
from .answers import Answer
from .catalogue import Asked, operation
from .given import Cursor, Given, Nothing


class Me(Answer):
    """Who asks, where, and what they may."""

    person_id: UUID
    name: str
    role: str
    may_write: bool
    time_zone: str
    working_days: list[int] = Field(description="1 is Monday.")
    workspace_id: UUID
    workspace: str
    is_sample: bool


@operation("me", "GET", "/me", "Say who asks and where", right="read", takes=Nothing, gives=Me)
def me(asked: Asked, given: Nothing) -> Me:
    """The member a key belongs to."""
    viewer = asked.viewer
    return Me(
        person_id=viewer.person_id, name=viewer.name, role=viewer.role, may_write=may(viewer, "write"),
        time_zone=viewer.time_zone, working_days=list(viewer.working_days), workspace_id=viewer.workspace_id,
        workspace=Workspace.objects.get(id=viewer.workspace_id).name, is_sample=viewer.is_sample,
    )  # fmt: skip


class ListChanges(Given):
    """Which page."""

    cursor: Cursor = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Change(Answer):
    """Something somebody did. `id` is the entry `POST /undo` takes, where `can_undo`."""

    id: UUID
    at: datetime
    verb: str
    subject_id: UUID | None
    subject: str
    by: str = Field(description="Empty where they have left.")
    door: str
    can_undo: bool
    undone_at: datetime | None


class Changes(Answer):
    """A page of changes, newest first."""

    rows: list[Change]
    next: str | None


@operation("journal.list", "GET", "/journal", "List what was changed", right="read", takes=ListChanges, gives=Changes)
def listed(asked: Asked, given: ListChanges) -> Changes:
    """Guests see what they did themselves."""
    found = changes_for(asked.viewer, asked.now, given.cursor, given.limit, within=None)
    return Changes(rows=[_change(asked.viewer, entry) for entry in found.rows], next=found.next)


class Undo(Given):
    """Which change; one's own latest where none is named."""

    entry: UUID | None = None
    sure: bool = Field(
        False,
        description="Without it, one's latest is not taken back where that is an import of many, or one that would be"
        " come upon behind changes that stay: a conflict, must-ask, names it.",
    )


class Stays(Answer):
    """A newer change that was passed over, and why: it cannot be taken back, or not by you."""

    id: UUID
    verb: str
    sentence: str


class Undone(Answer):
    """What was taken back; where none was named, also which newer changes stay because they cannot be."""

    id: UUID
    verb: str
    sentence: str
    stay: list[Stays]


@operation("journal.undo", "POST", "/undo", "Take a change back", right="write", takes=Undo, gives=Undone)
def undone(asked: Asked, given: Undo) -> Undone:
    """Once; twice is a conflict. A refusal names the change."""
    try:
        taken = undo_change(asked.viewer, given.entry, asked.now, is_sure=given.sure)
    except MustAsk as unsure:
        raise Conflict(must_ask_sentence(unsure), code=unsure.code, **unsure.fields) from unsure
    except StaysDone as refused:
        raise Conflict(stays_done_sentence(refused), code=refused.code, **refused.fields) from refused
    see_what_changed(asked.viewer, asked.now)
    stay = [Stays(id=one.entry.id, verb=one.entry.verb, sentence=stays_done_sentence(one)) for one in taken.stay]
    return Undone(id=taken.entry.id, verb=taken.entry.verb, sentence=undone_sentence(taken), stay=stay)


def _change(viewer: Viewer, entry: JournalEntry) -> Change:
    return Change(
        id=entry.id, at=entry.at, verb=entry.verb, subject_id=entry.subject_id, subject=entry.subject_name,
        by=entry.membership.user.name if entry.membership else "", door=entry.door,
        can_undo=may_undo(viewer, entry), undone_at=entry.undone_at,
    )  # fmt: skip
