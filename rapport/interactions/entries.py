"""Entries: interactions as a timeline shows them, with who took part and only the words the viewer may read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db.models import Count

from rapport.accounts.access import Viewer

from .models import Interaction, Participant
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


def entries_of(viewer: Viewer, interaction_ids: Sequence[UUID]) -> tuple[Entry, ...]:
    """These interactions as entries in the order given, in three queries; without those the viewer may not know of."""
    found = visible_to(viewer).in_bulk(list(interaction_ids))
    interactions = [found[one] for one in interaction_ids if one in found]
    present = {one: without_bcc(viewer, people) for one, people in present_in(list(found)).items()}
    threads = _counts(viewer, {one.thread_id for one in interactions if one.thread_id})
    return tuple(_entry(viewer, one, present.get(one.id, ()), threads.get(one.thread_id, 1)) for one in interactions)


def without_bcc(viewer: Viewer, people: Sequence[Present]) -> tuple[Present, ...]:
    """Who was blind-copied is known to the sender and to themselves only."""
    wrote = any(one.person_id == viewer.person_id and one.part == "from" for one in people)
    return tuple(one for one in people if one.part != "bcc" or wrote or one.person_id == viewer.person_id)


def present_in(interaction_ids: Collection[UUID]) -> dict[UUID, tuple[Present, ...]]:
    """Who took part in each of these interactions, the strongest part first."""
    if not interaction_ids:
        return {}
    rows = Participant.objects.filter(interaction_id__in=interaction_ids).values_list(
        "interaction_id", "person_id", "person__name", "person__is_home", "part", "response", "address"
    )
    by_interaction: dict[UUID, list[Present]] = {}
    for interaction_id, person_id, name, is_home, part, response, address in rows:
        who = Present(person_id, name, is_home, part, response, address)
        by_interaction.setdefault(interaction_id, []).append(who)
    return {one: tuple(sorted(people, key=_strongest_first)) for one, people in by_interaction.items()}


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


def _entry(viewer: Viewer, one: Interaction, present: Sequence[Present], count_in_thread: int) -> Entry:
    private = is_private(viewer, one, takers_of(present))
    return Entry(
        id=one.id,
        kind=one.kind,
        at=one.at,
        until=one.until,
        all_day=one.all_day,
        minutes=one.minutes,
        title="" if private else one.title,
        excerpt="" if private else one.excerpt,
        question="" if private else one.question,
        by=begun_by(present),
        participants=tuple((who.person_id, who.name, who.part) for who in present),
        is_private=private,
        by_hand=one.by_hand,
        is_cancelled=one.is_cancelled,
        thread_id=one.thread_id,
        count_in_thread=count_in_thread,
    )
