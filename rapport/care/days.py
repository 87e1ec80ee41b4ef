"""The day's list as it is stored: claimed once, completed after an import, read without counting people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from rapport.accounts.rows import current_workspace
from rapport.kit.ids import as_id, new_id
from rapport.moments.moment import Reason

from .models import Suggestion, TodayList
from .placed import Placed
from .ranking import Chosen, LeftOut
from .rereading import stored_evidence, stored_ways

MOST_LEFT_OUT = 40
STUCK = timedelta(days=1)  # an import at work for longer keeps nobody from their Today

_STATE = """
SELECT list.id, list.made_at, coalesce(list.considered, '{}'),
  EXISTS (SELECT 1 FROM import run LEFT JOIN membership owner ON owner.id = run.started_by_id
          WHERE run.state IN ('waiting', 'reading', 'judging') AND run.made_at > %(since)s
            AND (owner.id IS NULL OR owner.person_id = %(home)s)),
  EXISTS (SELECT 1 FROM import run WHERE run.ended_at > list.made_at),
  EXISTS (SELECT 1 FROM relationship r WHERE r.home_person_id = %(home)s AND r.judged_at > list.made_at)
FROM (SELECT 1) AS always
LEFT JOIN today_list list ON list.home_person_id = %(home)s AND list.day = %(day)s
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


def list_of(home_person_id: UUID, day: date, now: datetime) -> DayList:
    """The list of a day, and whether something happened since that it must know of."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE, {"home": home_person_id, "day": day, "since": now - STUCK})
        identifier, made_at, considered, *happened = cursor.fetchone()
    considered = msgspec.json.decode(considered) if isinstance(considered, str) else considered
    return DayList(identifier, made_at, considered or {}, *happened)


def claim(home_person_id: UUID, day: date, now: datetime, considered: dict[str, Any]) -> UUID | None:
    """Begin the day's list; None where another look was faster."""
    kept = msgspec.json.encode(considered).decode()
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [current_workspace(), new_id(), home_person_id, day, now, kept])
        row = cursor.fetchone()
    return row[0] if row else None


def claim_completing(list_id: UUID, made_at: datetime, now: datetime, considered: dict[str, Any]) -> bool:
    """Be the one look that completes a list as it was made at that time; False where another was faster."""
    lists = TodayList.objects.filter(id=list_id, made_at=made_at)
    return lists.update(made_at=now, considered=considered) == 1


def store(list_id: UUID, home_person_id: UUID, day: date, placed: Sequence[Placed]) -> list[Placed]:
    """Put these on the list; the same with the ids they got."""
    if not placed:
        return []
    with_ids = [replace(one, id=new_id()) for one in placed]
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
        for one in with_ids
    )
    return with_ids


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
