"""Rhythm as weeks: how often they reached out, and how often we did."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from .contacts import contacts_of_pairs

Week = tuple[date, int, int]  # its Monday, begun by them, begun by us


def weeks_of(
    home_person_id: UUID, person_ids: Collection[UUID], now: datetime, weeks: int = 26
) -> dict[UUID, list[Week]]:
    """The last `weeks` weeks with each of these people, oldest first, this one included; in one query."""
    this_monday = monday_of(now)
    first_monday = this_monday - timedelta(weeks=weeks - 1)
    tallies = {person: [[0, 0] for _ in range(weeks)] for person in person_ids}
    since = datetime.combine(first_monday, time(), UTC)
    for one in contacts_of_pairs([(home_person_id, person) for person in tallies], now, since):
        week = (monday_of(one.contact.at) - first_monday).days // 7
        if not one.contact.by_neither:
            tallies[one.pair[1]][week][one.contact.by_us] += 1
    return {
        person: [(first_monday + timedelta(weeks=n), them, us) for n, (them, us) in enumerate(tally)]
        for person, tally in tallies.items()
    }


def monday_of(at: datetime) -> date:
    """The Monday of the week of a moment, in UTC like the days of the engine."""
    day = at.astimezone(UTC).date()
    return day - timedelta(days=day.weekday())
