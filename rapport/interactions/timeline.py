"""What happened with somebody, newest first: a keyset walk along one index, however long the history is."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from rapport.accounts.access import Viewer
from rapport.kit.clock import zone
from rapport.kit.pages import Page, moment_cursor, moment_key
from rapport.people.visible import person_of

from .entries import Entry, entries_of
from .models import Message, Participant
from .parts import BEGINS
from .visible import readable_by, visible_to

__all__ = ["Entry", "began_at", "count", "month_counts", "timeline"]


def timeline(
    viewer: Viewer,
    person_id: UUID,
    *,
    kinds: Collection[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    by_us: bool | None = None,
    with_files: bool = False,
    cursor: str | None = None,
    limit: int = 20,
    as_of: datetime | None = None,
) -> Page[Entry]:
    """A page of what happened with a person, after `since` and up to `until` and `as_of`; `by_us` as begun by home.
    `with_files` leaves out what may not be read: that a file came with it is for who reads it.
    """
    rows = _parts_of(viewer, person_id, kinds, since, until, by_us, as_of)
    if with_files:
        rows = _with_files(viewer, rows)
    if cursor is not None:
        at, interaction = moment_key(cursor)
        # The first says the same again, as an index can use it.
        rows = rows.filter(Q(at__lte=at), Q(at__lt=at) | Q(interaction_id__lt=interaction))
    found = list(rows.order_by("-at", "-interaction_id").values_list("interaction_id", "at")[: limit + 1])
    more = moment_cursor(found[limit - 1][1], found[limit - 1][0]) if len(found) > limit else None
    return Page(entries_of(viewer, [interaction for interaction, _at in found[:limit]]), more)


def month_counts(
    viewer: Viewer, person_id: UUID, *, kinds: Collection[str] = (), as_of: datetime | None = None
) -> list[tuple[date, int]]:
    """How much happened in each month that had anything, newest first; months as in the viewer's time zone."""
    rows = _parts_of(viewer, person_id, kinds, None, None, None, as_of)
    months = rows.annotate(month=TruncMonth("at", tzinfo=zone(viewer.time_zone))).values_list("month")
    return [(month.date(), many) for month, many in months.annotate(many=Count("id")).order_by("-month")]


def count(
    viewer: Viewer,
    person_id: UUID,
    *,
    kinds: Collection[str] = (),
    since: datetime | None = None,
    until: datetime | None = None,
    by_us: bool | None = None,
    with_files: bool = False,
    as_of: datetime | None = None,
) -> int:
    """How many entries the same question to `timeline` has on all its pages."""
    rows = _parts_of(viewer, person_id, kinds, since, until, by_us, as_of)
    return (_with_files(viewer, rows) if with_files else rows).count()


def began_at(viewer: Viewer, person_id: UUID, as_of: datetime | None = None) -> datetime | None:
    """When the first thing happened with them."""
    first: datetime | None = _parts_of(viewer, person_id, (), None, None, None, as_of).aggregate(at=Min("at"))["at"]
    return first


def _with_files(viewer: Viewer, rows: QuerySet[Participant, Any]) -> QuerySet[Participant, Any]:
    files = Message.objects.filter(interaction_id=OuterRef("interaction_id")).exclude(attachments=[])
    return rows.filter(Exists(files), Exists(readable_by(viewer).filter(id=OuterRef("interaction_id"))))


def _parts_of(
    viewer: Viewer,
    person_id: UUID,
    kinds: Collection[str],
    since: datetime | None,
    until: datetime | None,
    by_us: bool | None,
    as_of: datetime | None,
) -> QuerySet[Participant, Any]:
    person = person_of(viewer, person_id)
    rows = Participant.objects.filter(person_id=person.id)
    if person.id != viewer.person_id:  # who was blind-copied is known to the sender and to themselves only
        own = Participant.objects.filter(interaction_id=OuterRef("interaction_id"), part="from")
        rows = rows.exclude(Q(part="bcc") & ~Exists(own.filter(person_id=viewer.person_id)))
    if viewer.is_guest:
        rows = rows.filter(interaction__in=visible_to(viewer))
    if kinds:
        rows = rows.filter(interaction__kind__in=list(kinds))
    if since is not None:
        rows = rows.filter(at__gt=since)
    for last in (until, as_of):
        if last is not None:
            rows = rows.filter(at__lte=last)
    if by_us is not None:
        begun = Participant.objects.filter(interaction_id=OuterRef("interaction_id"), part__in=BEGINS)
        rows = rows.filter(Exists(begun.filter(person__is_home=by_us)))
    return rows
