"""Entries: interactions as a timeline shows them, with who took part and only the words the viewer may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec
from django.db.models import Count

from rapport.accounts.access import Viewer
from rapport.accounts.rows import ask

from .parts import ABOUT, BEGINS, STRONGEST_FIRST
from .visible import is_private, visible_to

Whose = Literal["them", "us", "neither"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One interaction. `by` says who began it; of a private one title, excerpt and question are empty."""

    id: UUID
    kind: str
    at: datetime
    until: datetime | None
    all_day: bool
    minutes: int | None
    title: str
    excerpt: str
    question: str
    by: Whose
    participants: tuple[tuple[UUID, str, str], ...]  # person, name, part; the strongest part first
    is_private: bool
    by_hand: bool
    is_cancelled: bool
    thread_id: UUID | None
    count_in_thread: int


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody in an interaction, their part, what they answered and the address they were reached at."""

    person_id: UUID
    name: str
    is_home: bool
    part: str
    response: str
    address: str


class _Happened(NamedTuple):
    """A row of `_HAPPENED`."""

    id: UUID
    kind: str
    at: datetime
    until: datetime | None
    all_day: bool
    minutes: int | None
    title: str
    excerpt: str
    question: str
    by_hand: bool
    is_cancelled: bool
    thread_id: UUID | None
    is_shared: bool
    owner_id: UUID | None
    present: str | None


# One after the other, each by its index: left to itself the planner reads all people of a workspace first.
_PRESENT = """
  (SELECT json_agg(json_build_array(pa.person_id, pe.name, pe.is_home, pa.part, pa.response, pa.address))::text
   FROM participant pa, LATERAL (SELECT name, is_home FROM person WHERE id = pa.person_id OFFSET 0) AS pe
   WHERE pa.interaction_id = u.id)
"""
_PRESENT_IN = f"SELECT u.id, {_PRESENT} FROM unnest(%s::uuid[]) AS u(id)"  # noqa: S608 - only what is ours is put in
_HAPPENED = f"""
SELECT i.id, i.kind, i.at, i.until, i.all_day, i.minutes, i.title, i.excerpt, i.question, i.by_hand, i.is_cancelled,
  i.thread_id, i.is_shared, i.owner_id, {_PRESENT}
FROM unnest(%s::uuid[]) WITH ORDINALITY AS u(id, place),
  LATERAL (SELECT * FROM interaction WHERE id = u.id OFFSET 0) AS i ORDER BY u.place
"""  # noqa: S608 - only what is ours is put in
_PRESENT_READER = msgspec.json.Decoder(list[tuple[UUID, str, bool, str, str, str]])


def entries_of(viewer: Viewer, interaction_ids: Sequence[UUID]) -> tuple[Entry, ...]:
    """These interactions as entries in the order given, in one query, one more where there are threads; without those
    the viewer may not know of.
    """
    if viewer.is_guest:
        seen = set(visible_to(viewer).filter(id__in=interaction_ids).values_list("id", flat=True))
        interaction_ids = [one for one in interaction_ids if one in seen]
    rows = [_Happened(*row) for row in ask(_HAPPENED, [list(interaction_ids)])]
    threads = _counts(viewer, {row.thread_id for row in rows if row.thread_id})
    return tuple(
        _entry(viewer, row, without_bcc(viewer, _present(row.present)), threads.get(row.thread_id, 1)) for row in rows
    )


def without_bcc(viewer: Viewer, people: Sequence[Present]) -> tuple[Present, ...]:
    """Who was blind-copied is known to the sender and to themselves only."""
    wrote = any(one.person_id == viewer.person_id and one.part == "from" for one in people)
    return tuple(one for one in people if one.part != "bcc" or wrote or one.person_id == viewer.person_id)


def present_in(interaction_ids: Collection[UUID]) -> dict[UUID, tuple[Present, ...]]:
    """Who took part in each of these interactions, the strongest part first."""
    return {one: _present(told) for one, told in ask(_PRESENT_IN, [list(interaction_ids)])}


def _present(told: str | None) -> tuple[Present, ...]:
    people = [Present(*one) for one in _PRESENT_READER.decode(told)] if told else []
    return tuple(sorted(people, key=_strongest_first))


def takers_of(present: Sequence[Present]) -> set[UUID]:
    """Who took part; whom it is only about did not."""
    return {one.person_id for one in present if one.part != ABOUT}


def begun_by(present: Sequence[Present]) -> Whose:
    """Who began it: the sender, caller or organizer; of a meeting without one, neither."""
    first = next((one for one in present if one.part in BEGINS), None)
    if first is None:
        return "neither"
    return "us" if first.is_home else "them"


def _strongest_first(one: Present) -> tuple[int, str]:
    return STRONGEST_FIRST.index(one.part) if one.part in STRONGEST_FIRST else len(STRONGEST_FIRST), one.name


def _counts(viewer: Viewer, threads: Collection[UUID]) -> dict[UUID | None, int]:
    if not threads:
        return {}
    rows = visible_to(viewer).filter(thread_id__in=threads).values_list("thread_id").annotate(count=Count("id"))
    return dict(rows.order_by())


def _entry(viewer: Viewer, row: _Happened, present: Sequence[Present], count_in_thread: int) -> Entry:
    private = is_private(viewer, row, takers_of(present))
    return Entry(
        id=row.id,
        kind=row.kind,
        at=row.at,
        until=row.until,
        all_day=row.all_day,
        minutes=row.minutes,
        title="" if private else row.title,
        excerpt="" if private else row.excerpt,
        question="" if private else row.question,
        by=begun_by(present),
        participants=tuple((who.person_id, who.name, who.part) for who in present),
        is_private=private,
        by_hand=row.by_hand,
        is_cancelled=row.is_cancelled,
        thread_id=row.thread_id,
        count_in_thread=count_in_thread,
    )
