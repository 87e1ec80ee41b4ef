"""The day's list as it is stored: claimed once, completed after an import, read without counting people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Q, QuerySet

from rapport.accounts.access import Viewer
from rapport.accounts.rows import current_workspace
from rapport.kit.ids import as_id, named_id, new_id
from rapport.moments.moment import Reason
from rapport.moments.rules import birthday

from .models import Suggestion, TodayList
from .placed import Placed
from .ranking import Chosen, LeftOut
from .rereading import stored_evidence, stored_ways

MOST_LEFT_OUT = 40
STUCK = timedelta(days=1)  # an import at work for longer keeps nobody from their Today

_STATES = """
SELECT wanted.home, list.id, list.made_at, coalesce(list.considered, '{}'),
  EXISTS (SELECT 1 FROM import run LEFT JOIN membership owner ON owner.id = run.started_by_id
          WHERE run.state IN ('waiting', 'reading', 'judging') AND run.made_at > %(since)s
            AND (owner.id IS NULL OR owner.person_id = wanted.home)),
  EXISTS (SELECT 1 FROM import run WHERE run.ended_at > list.made_at),
  EXISTS (SELECT 1 FROM relationship r WHERE r.home_person_id = wanted.home AND r.judged_at > list.made_at),
  NOT EXISTS (SELECT 1 FROM suggestion one JOIN person p ON p.id = one.person_id
              WHERE one.today_list_id = list.id AND NOT p.do_not_contact AND NOT p.do_not_score)
FROM unnest(%(homes)s::uuid[], %(days)s::date[]) AS wanted(home, day)
LEFT JOIN today_list list ON list.home_person_id = wanted.home AND list.day = wanted.day
"""
_CLAIM = """
INSERT INTO today_list (workspace_id, id, home_person_id, day, made_at, considered)
VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (workspace_id, home_person_id, day) DO NOTHING RETURNING id
"""


@dataclass(frozen=True, slots=True)
class DayList:
    """A day's list; without an id it is not made yet. `considered` is what `considered_of` wrote."""

    id: UUID | None
    made_at: datetime | None
    considered: dict[str, Any]
    is_reading: bool
    more_came: bool
    was_judged: bool
    is_empty: bool

    @property
    def wants_making(self) -> bool:
        """Whether it is to be made, or completed: not before all that is being read was read."""
        return not self.is_reading and (self.id is None or self.more_came or (self.was_judged and self.is_empty))


def list_of(home_person_id: UUID, day: date, now: datetime) -> DayList:
    """The list of a day, and whether something happened since that it must know of."""
    return lists_of({home_person_id: day}, now)[home_person_id]


def lists_of(days: Mapping[UUID, date], now: datetime) -> dict[UUID, DayList]:
    """The same for several home persons, each on their day, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_STATES, {"homes": list(days), "days": list(days.values()), "since": now - STUCK})
        return {home: _day_list(*state) for home, *state in cursor.fetchall()}


def _day_list(identifier: UUID | None, made_at: datetime | None, considered: Any, *happened: bool) -> DayList:
    kept = msgspec.json.decode(considered) if isinstance(considered, str) else considered
    return DayList(identifier, made_at, kept or {}, *happened)


def claim(home_person_id: UUID, day: date, now: datetime, considered: dict[str, Any]) -> UUID | None:
    """Begin the day's list; None where somebody else was faster."""
    kept = msgspec.json.encode(considered).decode()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [current_workspace(), new_id(), home_person_id, day, now, kept])
        row = cursor.fetchone()
    return row[0] if row else None


def claim_completing(list_id: UUID, made_at: datetime, now: datetime, considered: dict[str, Any]) -> bool:
    """Be the one who completes a list as it was made at that time; False where somebody else was faster."""
    lists = TodayList.objects.filter(id=list_id, made_at=made_at)
    return lists.update(made_at=now, considered=considered) == 1


def standing_on(home_person_id: UUID, day: date) -> list[Suggestion]:
    """What stands on the list; whoever asked meanwhile to be left alone, or not to be scored, does not."""
    return list(_standing(home_person_id, day).select_related("person").order_by("rank"))


def _standing(home_person_id: UUID, day: date) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(
        home_person_id=home_person_id, day=day, person__do_not_contact=False, person__do_not_score=False
    )


def how_many_wait(viewer: Viewer, day: date, now: datetime) -> int:
    """How many on the stored list wait, in one query: as many as Today shows, once what was done is settled."""
    returned = Q(state="later", later_until__lte=now)
    rows = _standing(viewer.person_id, day).filter(returned | Q(state="open"))
    return (rows.exclude(rule=birthday.RULE) if viewer.is_guest else rows).count()


def suggestion_id(home_person_id: UUID, day: date, person_id: UUID) -> UUID:
    """What a suggestion is known by, stored or not: a page shown before the list is stored can be acted on."""
    return named_id("suggestion", home_person_id, day, person_id)


def store(list_id: UUID, home_person_id: UUID, day: date, placed: Sequence[Placed]) -> None:
    """Put these on the list."""
    if not placed:
        return
    workspace_id = current_workspace()
    Suggestion.objects.bulk_create(
        Suggestion(
            id=one.id,
            workspace_id=workspace_id,
            today_id=list_id,
            home_person_id=home_person_id,
            person_id=one.person_id,
            day=day,
            rank=one.rank,
            moment=one.moment,
            rule=one.rule,
            care=one.care,
            reason={"kind": one.reason.kind, "values": one.reason.values},
            evidence=stored_evidence(one.evidence),
            ways=stored_ways(one.ways),
            minutes=one.minutes,
        )
        for one in placed
    )


def considered_of(chosen: Chosen, quiet: int) -> dict[str, Any]:
    """What is kept for "Why these?": who was left out and why, how many each rule found, how many are well."""
    return {
        "left_out": [
            {"person_id": str(one.person_id), "rule": one.rule, "kind": one.reason.kind, "values": one.reason.values}
            for one in chosen.left_out[:MOST_LEFT_OUT]
        ],
        "found": chosen.found,
        "quiet": quiet,
    }


def left_out_of(considered: dict[str, Any]) -> tuple[LeftOut, ...]:
    """Who was left out, as it was kept."""
    return tuple(
        LeftOut(person, one["rule"], Reason(one["kind"], one["values"]))
        for one in considered.get("left_out", [])
        if (person := as_id(one["person_id"]))
    )
