"""Several changes that were made at once, in the journal as one: taken back together, the last of them first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from .access import Viewer
from .acting import By
from .journal import may_go_back, take_back, undoes
from .models import JournalEntry


def as_one(by: By, entries: Sequence[UUID], subject_id: UUID, subject_name: str) -> UUID:
    """Of entries just written, in the order in which they were, the one that undoes them all."""
    if len(entries) == 1:
        return entries[0]
    written = JournalEntry.objects.in_bulk(entries)
    steps = [[written[one].verb, written[one].way_back] for one in entries if written[one].way_back is not None]
    verbs = [written[one].verb for one in entries]
    JournalEntry.objects.filter(id__in=entries).delete()
    return by.note(
        "several",
        subject_id=subject_id,
        subject_name=subject_name,
        values={"verbs": verbs},
        way_back={"steps": steps} if steps else None,
    )


def _may_all(viewer: Viewer, way_back: dict[str, Any]) -> bool:
    return all(may_go_back(viewer, verb, step) for verb, step in way_back["steps"])


@undoes("several", allowed=_may_all)
def _all_back(way_back: dict[str, Any], now: datetime) -> None:
    for verb, step in reversed(way_back["steps"]):
        take_back(verb, step, now)
