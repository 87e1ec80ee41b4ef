"""The journal of who did what, and its register of undo: each room registers how to undo its own verbs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from rapport.kit.text import one_line
from rapport.kit.trouble import Conflict, NotFound

from .access import Viewer, require
from .models import JournalEntry

Undo = Callable[[dict[str, Any], datetime], None]  # the way back of an entry, and now
_ways_back: dict[str, Undo] = {}


def undoes(verb: str) -> Callable[[Undo], Undo]:
    """Register the function that takes this verb back."""

    def register(undo: Undo) -> Undo:
        _ways_back[verb] = undo
        return undo

    return register


def note(
    viewer: Viewer,
    door: str,
    verb: str,
    now: datetime,
    *,
    subject_id: UUID | None = None,
    subject_name: str = "",
    values: dict[str, Any] | None = None,
    way_back: dict[str, Any] | None = None,
) -> UUID:
    """Write down what was done, in the transaction that did it; the entry's id is what undoing asks for."""
    entry = JournalEntry.objects.create(
        workspace_id=viewer.workspace_id,
        at=now,
        membership_id=viewer.membership_id,
        door=door,
        verb=verb,
        subject_id=subject_id,
        subject_name=one_line(subject_name, 300),
        values=values or {},
        way_back=way_back,
    )
    return entry.id


def undo(viewer: Viewer, entry_id: UUID | None, now: datetime) -> JournalEntry:
    """Take back what an entry did (the viewer's latest that can be, where none is named). Once; twice is a Conflict."""
    require(viewer, "write")
    entry = _entry(viewer, entry_id)
    if entry is None:
        raise NotFound(_("There is nothing to undo."))
    if entry.membership_id != viewer.membership_id:
        require(viewer, "manage")
    if entry.way_back is None or entry.verb not in _ways_back:
        raise Conflict(_("This cannot be undone."), code="no-way-back")
    claimed = JournalEntry.objects.filter(id=entry.id, undone_at=None).update(
        undone_at=now, undone_by=viewer.membership_id
    )
    if not claimed:
        raise Conflict(_("This was undone already."), code="undone-already")
    take_back(entry.verb, entry.way_back, now)
    entry.refresh_from_db()
    return entry


def take_back(verb: str, way_back: dict[str, Any], now: datetime) -> None:
    """Do the way back of a verb."""
    _ways_back[verb](way_back, now)


def _entry(viewer: Viewer, entry_id: UUID | None) -> JournalEntry | None:
    if entry_id is not None:
        return JournalEntry.objects.filter(id=entry_id).first()
    own = JournalEntry.objects.filter(membership_id=viewer.membership_id, undone_at=None, way_back__isnull=False)
    return own.order_by("-at", "-id").first()
