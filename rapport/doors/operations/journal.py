"""Who asks, what was changed lately, and taking a change back."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from ninja import Schema
from pydantic import Field

from rapport.accounts.access import Viewer, may
from rapport.accounts.journal import undo
from rapport.accounts.models import JournalEntry, Workspace
from rapport.care.clearing import see_what_changed
from rapport.kit.ids import as_id
from rapport.kit.pages import cursor_of, key_of

from .catalogue import Asked, operation
from .given import Cursor, Given, Nothing
from .wording import taken_back


class Me(Schema):
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


class Change(Schema):
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


class Changes(Schema):
    """A page of changes, newest first."""

    rows: list[Change]
    next: str | None


@operation("journal.list", "GET", "/journal", "List what was changed", right="read", takes=ListChanges, gives=Changes)
def listed(asked: Asked, given: ListChanges) -> Changes:
    """Guests see what they did themselves."""
    entries = JournalEntry.objects.select_related("membership__user").order_by("-id")  # ids are ordered by time
    if asked.viewer.is_guest:
        entries = entries.filter(membership_id=asked.viewer.membership_id)
    if given.cursor:
        after = as_id(key_of(given.cursor, 1)[0])
        entries = entries.filter(id__lt=after) if after else entries
    found = list(entries[: given.limit + 1])
    more = cursor_of([str(found[given.limit - 1].id)]) if len(found) > given.limit else None
    return Changes(rows=[_change(asked.viewer, entry) for entry in found[: given.limit]], next=more)


class Undo(Given):
    """Which change; one's own latest where none is named."""

    entry: UUID | None = None


class Undone(Schema):
    """What was taken back."""

    id: UUID
    verb: str
    sentence: str


@operation("journal.undo", "POST", "/undo", "Take a change back", right="write", takes=Undo, gives=Undone)
def undone(asked: Asked, given: Undo) -> Undone:
    """Once; twice is a conflict."""
    entry = undo(asked.viewer, given.entry, asked.now)
    see_what_changed(asked.viewer, asked.now)
    return Undone(id=entry.id, verb=entry.verb, sentence=taken_back(entry.verb, entry.subject_name, entry.values))


def _change(viewer: Viewer, entry: JournalEntry) -> Change:
    own = entry.membership_id == viewer.membership_id
    open_way = entry.way_back is not None and entry.undone_at is None
    return Change(
        id=entry.id, at=entry.at, verb=entry.verb, subject_id=entry.subject_id, subject=entry.subject_name,
        by=entry.membership.user.name if entry.membership else "", door=entry.door,
        can_undo=open_way and may(viewer, "write") and (own or may(viewer, "manage")), undone_at=entry.undone_at,
    )  # fmt: skip
