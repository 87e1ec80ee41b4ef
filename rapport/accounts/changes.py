"""The journal as its readers may see it."""

from __future__ import annotations

from datetime import datetime, timedelta

from rapport.kit.ids import as_id
from rapport.kit.pages import Page, cursor_of, key_of

from .access import Viewer
from .journal import may_take_back
from .models import JournalEntry

SHOWN_FOR = timedelta(days=30)


def changes_for(
    viewer: Viewer, now: datetime, cursor: str | None, limit: int = 50, within: timedelta | None = SHOWN_FOR
) -> Page[JournalEntry]:
    """The last thirty days, or ever, newest first. Guests see what they did themselves."""
    entries = JournalEntry.objects.select_related("membership__user")
    if within is not None:
        entries = entries.filter(at__gt=now - within)
    if viewer.is_guest:
        entries = entries.filter(membership_id=viewer.membership_id)
    if cursor:
        last = as_id(key_of(cursor, 1)[0])  # identifiers are ordered by time
        entries = entries.filter(id__lt=last) if last else entries
    rows = list(entries.order_by("-id")[: limit + 1])
    return Page(tuple(rows[:limit]), cursor_of([str(rows[limit - 1].id)]) if len(rows) > limit else None)


def may_undo(viewer: Viewer, entry: JournalEntry) -> bool:
    """Whether this viewer may take this entry back now."""
    if entry.undone_at or entry.way_back is None:
        return False
    return may_take_back(viewer, entry)
